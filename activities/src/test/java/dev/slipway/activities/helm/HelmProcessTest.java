package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.door.Doors;
import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.WriteRight;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class HelmProcessTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    /** Long enough for the script to have set its traps. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Duration GRACE = Duration.ofMillis(300);

    @TempDir
    Path folder;

    private final AtomicInteger beats = new AtomicInteger();
    private HelmProcess process;

    @AfterEach
    void close() {
        if (process != null) {
            process.close();
        }
    }

    @Test
    void answersWithWhatHelmSaidAndHowItEnded() {
        Finished finished =
                run("cat; echo 'level=WARN msg=x' >&2; echo 'Error: no luck' >&2; exit 3", LONG, Pulse.NONE);
        assertThat(finished.exit()).isEqualTo(3);
        assertThat(finished.ok()).isFalse();
        assertThat(finished.text()).isEqualTo("{\"a\":1}");
        assertThat(finished.error()).isEqualTo("no luck");
    }

    @Test
    void terminatesAHelmThatHangsWhenItsLimitIsOver() {
        Finished finished = run(
                "trap 'echo \"Error: cancelled\" >&2; exit 1' TERM; while :; do sleep 0.05; done", LIMIT, Pulse.NONE);
        assertThat(finished.late()).isTrue();
        assertThat(finished.error())
                .startsWith("stopped, because it did not end in time")
                .endsWith("cancelled");
    }

    @Test
    void killsAHelmThatIgnoresTermAndAllThatItStarted() {
        Finished finished = run(
                "trap '' TERM; sleep 1000 & echo $! > \"$dir/grandchild\"; while :; do sleep 0.05; done",
                LIMIT,
                Pulse.NONE);
        assertThat(finished.late()).isTrue();
        assertThat(finished.exit()).isEqualTo(137);
        awaitGone(pid("grandchild"));
        awaitGone(pid("calls/000/pid"));
    }

    @Test
    void readsAFloodOfMessagesAndKeepsTheEndOfIt() {
        Finished finished = run(
                "head -c 10000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo 'Error: after the flood' >&2; exit 1",
                LONG,
                Pulse.NONE);
        assertThat(finished.error()).isEqualTo("after the flood");
        assertThat(finished.stderr().length()).isLessThanOrEqualTo(8192);
    }

    @Test
    void helmThatDoesNotReadItsInputIsStillWatched() {
        byte[] large = "x".repeat(1_000_000).getBytes(StandardCharsets.UTF_8);
        HelmCommand command = command(Optional.of(large), LONG, true);
        assertThat(process("exec 0<&-; exit 0")
                        .run(command, WriteRight.NONE, Pulse.NONE, List.of())
                        .exit())
                .isZero();
    }

    @Test
    void secretsAreTakenOutEvenWhenTheyAreWrittenInPieces() {
        Finished finished = process(
                        "printf 'Error: kubeconfig-can' >&2; sleep 0.2; echo 'ary-token and values-canary' >&2; exit 1")
                .run(command(Optional.empty(), LONG, true), WriteRight.NONE, Pulse.NONE, List.of("values-canary"));
        assertThat(finished.error()).isEqualTo("[redacted] and [redacted]");
    }

    @Test
    void endsWithHelmAlthoughAGrandchildHoldsThePipesOpen() {
        Finished finished = run("sleep 1000 & echo $! > \"$dir/grandchild\"; echo done; sleep 0.5", LONG, Pulse.NONE);
        assertThat(finished.ok()).isTrue();
        assertThat(finished.text()).isEqualTo("done\n");
        awaitGone(pid("grandchild"));
    }

    @Test
    void aCancelledUpgradeIsTerminatedAndHasExitedBeforeTheCallEnds() {
        assertThatThrownBy(() ->
                        run("trap 'exit 1' TERM; touch \"$dir/ready\"; while :; do sleep 0.05; done", LONG, cancel()))
                .isInstanceOf(ActivityCanceledException.class);
        assertThat(ProcessHandle.of(pid("calls/000/pid"))).isEmpty();
    }

    @Test
    void aCancelledRollbackIsLetFinish() {
        HelmCommand rollback = command(Optional.empty(), LONG, false);
        assertThatThrownBy(() -> process(
                                "trap 'echo term > \"$dir/term\"' TERM; touch \"$dir/ready\"; sleep 3; echo all > \"$dir/finished\"")
                        .run(rollback, WriteRight.NONE, cancel(), List.of()))
                .isInstanceOf(ActivityCanceledException.class);
        assertThat(folder.resolve("finished")).exists();
        assertThat(folder.resolve("term")).doesNotExist();
    }

    @Test
    void beatsWhileHelmRuns() {
        run("sleep 0.5", LONG, detail -> beats.incrementAndGet());
        assertThat(beats.get()).isPositive();
    }

    @Test
    void helmSeesOnlyItsOwnEnvironment() {
        ScriptedHelm helm = ScriptedHelm.doing(folder, "ls -A \"$HELM_PLUGINS\" | wc -l; stat -c %a \"$HELM_PLUGINS\"");
        Finished finished =
                process(helm).run(command(Optional.empty(), LONG, true), WriteRight.NONE, Pulse.NONE, List.of());
        assertThat(finished.text()).isEqualTo("0\n700\n");
        assertThat(helm.environment().keySet())
                .containsExactlyInAnyOrder(
                        "HOME",
                        "TMPDIR",
                        "HELM_CACHE_HOME",
                        "HELM_CONFIG_HOME",
                        "HELM_DATA_HOME",
                        "HELM_PLUGINS",
                        "HELM_NO_PLUGINS",
                        "KUBECONFIG",
                        "KUBECACHEDIR",
                        "PATH",
                        "LC_ALL");
        assertThat(helm.environment()).containsEntry("PATH", "/usr/bin:/bin");
    }

    @Test
    void helmGetsNoCredentialsButAnAddressThatEndsWithItsCall() {
        ScriptedHelm helm = ScriptedHelm.doing(folder, "stat -c %a \"$KUBECONFIG\"; cat \"$KUBECONFIG\"");
        String said = process(helm)
                .run(command(Optional.empty(), LONG, true), WriteRight.NONE, Pulse.NONE, List.of())
                .text();
        assertThat(said).startsWith("600\n");
        assertThat(said).containsPattern("server: \"http://127\\.0\\.0\\.1:\\d+/[0-9a-f]{32}\"");
        assertThat(said).doesNotContain("token", "password", "certificate", "client-key");
        assertThat(Path.of(helm.environment().get("KUBECONFIG"))).doesNotExist();
        assertThat(helm.environment().toString() + helm.calls()).doesNotContain("kubeconfig-canary-token");
    }

    @Test
    void aHelmThatMayWriteNoMoreIsKilledEvenARollback() {
        HelmCommand rollback = command(Optional.empty(), LONG, false);
        WriteRight lost = () -> Files.exists(folder.resolve("ready"))
                ? Optional.of(new Refusal(Refusal.Kind.LOST, "the Lease was taken over by another"))
                : Optional.empty();
        assertThatThrownBy(() -> process("trap '' TERM; touch \"$dir/ready\"; while :; do sleep 0.05; done")
                        .run(rollback, lost, Pulse.NONE, List.of()))
                .isInstanceOfSatisfying(ApplicationFailure.class, f -> {
                    assertThat(f.getType()).isEqualTo("UNREACHABLE");
                    assertThat(f.getOriginalMessage()).contains("the Lease was taken over by another");
                });
        awaitGone(pid("calls/000/pid"));
    }

    @Test
    void helmDiesWithItsWorkerEvenWhenTheWorkerIsKilled() throws IOException, InterruptedException {
        ScriptedHelm helm = ScriptedHelm.doing(folder, "exec sleep 1000");
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpawningWorker.class.getName(),
                        helm.binary().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker.log").toFile())
                .start();
        long pid = awaitPid("calls/000/pid");
        assertThat(ProcessHandle.of(pid)).isPresent();
        worker.destroyForcibly().waitFor();
        awaitGone(pid);
    }

    /** A worker of its own, to be killed. */
    static final class SpawningWorker {
        private SpawningWorker() {}

        public static void main(String[] args) throws InterruptedException {
            Spawner.start(new ProcessBuilder(args[0], "upgrade")).waitFor();
        }
    }

    private Finished run(String script, Duration limit, Pulse pulse) {
        return process(script)
                .run(
                        command(Optional.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8)), limit, true),
                        WriteRight.NONE,
                        pulse,
                        List.of());
    }

    private static HelmCommand command(Optional<byte[]> stdin, Duration limit, boolean stoppable) {
        return new HelmCommand(
                List.of("upgrade"), new EnumMap<>(Flag.class), List.of("podinfo"), stdin, limit, stoppable);
    }

    private HelmProcess process(String script) {
        return process(ScriptedHelm.doing(folder, script));
    }

    private HelmProcess process(ScriptedHelm helm) {
        Redactor redactor = Redactor.of(Kubeconfig.secretsOf(helm.kubeconfig()));
        process = new HelmProcess(helm.binary(), HelmHome.create(), Doors.to(helm.kubeconfig()), redactor, GRACE);
        return process;
    }

    /** Not before the script runs. */
    private Pulse cancel() {
        return detail -> {
            if (Files.exists(folder.resolve("ready"))) {
                throw new ActivityCanceledException();
            }
        };
    }

    private long pid(String file) {
        try {
            return Long.parseLong(Files.readString(folder.resolve(file)).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long awaitPid(String file) throws InterruptedException {
        Eventually.holds(() -> Files.exists(folder.resolve(file)) && Files.size(folder.resolve(file)) > 0);
        return pid(file);
    }

    private static void awaitGone(long pid) {
        Eventually.holds(
                () -> ProcessHandle.of(pid).filter(HelmProcessTest::lives).isEmpty());
    }

    /** A zombie does not: it only waits for somebody to reap it. */
    static boolean lives(ProcessHandle process) {
        try {
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            return Files.exists(status) && !Files.readString(status).contains("State:\tZ");
        } catch (IOException e) {
            // it vanished while we looked
            return false;
        }
    }
}
