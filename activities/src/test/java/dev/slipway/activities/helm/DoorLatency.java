package dev.slipway.activities.helm;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.WriteRight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * What the door costs: {@code helm history} and {@code helm upgrade} by turns with helm's own credentials and through a door,
 * on the lab. No test, because a time is none; run its main method with lab/env sourced.
 */
final class DoorLatency {
    private static final int ROUNDS = 15;
    private static final String RELEASE = "door-latency";

    private DoorLatency() {}

    public static void main(String[] args) throws Exception {
        Path helm = Path.of(System.getenv("HELM"));
        Path kubeconfig = Path.of(System.getenv("KUBECONFIG_DEVELOPMENT"));
        HelmSettings settings = HelmSettings.of(helm, Optional.empty(), kubeconfig);
        try (HelmProcess door = HelmProcess.checked(settings)) {
            List<String> set = List.of("--set=image.repository=r,image.tag=1,image.digest=sha256:" + "c".repeat(64));
            direct(helm, kubeconfig, upgrade(set));
            compare("history", () -> direct(helm, kubeconfig, history()), () -> throughDoor(door, history()));
            compare("upgrade", () -> direct(helm, kubeconfig, upgrade(set)), () -> throughDoor(door, upgrade(set)));
        } finally {
            direct(helm, kubeconfig, List.of("uninstall", "--namespace=development", RELEASE));
        }
    }

    private interface Call {
        void make() throws Exception;
    }

    private static void compare(String what, Call direct, Call door) throws Exception {
        List<Long> without = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            without.add(millis(direct));
            with.add(millis(door));
        }
        long a = median(without);
        long b = median(with);
        System.out.printf(
                "%s: direct %d ms (%d-%d), door %d ms (%d-%d), ratio %.2f, median of %d%n",
                what,
                a,
                Collections.min(without),
                Collections.max(without),
                b,
                Collections.min(with),
                Collections.max(with),
                (double) b / a,
                ROUNDS);
    }

    private static long millis(Call call) throws Exception {
        long started = System.nanoTime();
        call.make();
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private static List<String> history() {
        return List.of("history", "--namespace=development", "--output=json", RELEASE);
    }

    private static List<String> upgrade(List<String> set) {
        List<String> words = new ArrayList<>(List.of("upgrade", "--install", "--namespace=development"));
        words.addAll(set);
        words.add(RELEASE);
        words.add(Path.of("src/test/resources/chart").toAbsolutePath().toString());
        return words;
    }

    private static void direct(Path helm, Path kubeconfig, List<String> words) throws Exception {
        List<String> command = new ArrayList<>(List.of(helm.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("helm " + words);
        }
    }

    private static void throughDoor(HelmProcess helm, List<String> words) {
        WriteRight always = Optional::<Refusal>empty;
        HelmCommand command = new HelmCommand(
                words, new EnumMap<>(Flag.class), List.of(), Optional.empty(), Duration.ofMinutes(2), true);
        Finished finished = helm.run(command, always, Pulse.NONE, List.of());
        if (!finished.ok()) {
            throw new IllegalStateException(finished.error());
        }
    }
}
