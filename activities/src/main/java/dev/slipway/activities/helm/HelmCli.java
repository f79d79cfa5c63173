package dev.slipway.activities.helm;

import dev.slipway.workflows.api.HelmTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The helm calls that we know. */
final class HelmCli {
    private static final Duration QUICK = Duration.ofMinutes(1);
    /** helm's own limit is per Kubernetes operation, and it needs a little time before and after them. */
    private static final Duration SLACK = Duration.ofMinutes(2);

    /** With hooks, that limit holds for each of them; a hook is never cut short. */
    private static final int HOOKS = 10;

    private HelmCli() {}

    static HelmCommand history(HelmTarget target) {
        Map<Flag, String> flags = flags(target);
        flags.put(Flag.OUTPUT, "json");
        return read(List.of("history"), flags, target.release());
    }

    static HelmCommand manifest(HelmTarget target, int revision) {
        Map<Flag, String> flags = flags(target);
        flags.put(Flag.REVISION, Integer.toString(revision));
        return read(List.of("get", "manifest"), flags, target.release());
    }

    static HelmCommand metadata(HelmTarget target, int revision) {
        Map<Flag, String> flags = flags(target);
        flags.put(Flag.REVISION, Integer.toString(revision));
        flags.put(Flag.OUTPUT, "json");
        return read(List.of("get", "metadata"), flags, target.release());
    }

    /** Client-side: no cluster is asked. */
    static HelmCommand template(HelmTarget target, Path chart, byte[] values) {
        Map<Flag, String> flags = flags(target);
        flags.put(Flag.VALUES, "-");
        return new HelmCommand(
                List.of("template"), flags, List.of(target.release(), chart(chart)), Optional.of(values), QUICK, true);
    }

    /** Charts' CRDs are never installed: they belong to the whole cluster, not to a release. */
    static HelmCommand upgrade(
            HelmTarget target, Chart chart, Mark mark, int revision, Duration timeout, int historyMax) {
        Map<Flag, String> flags = flags(target);
        flags.put(Flag.INSTALL, "true");
        flags.put(Flag.SKIP_CRDS, "true");
        flags.put(Flag.WAIT, "hookOnly");
        flags.put(Flag.TIMEOUT, seconds(timeout));
        flags.put(Flag.HISTORY_MAX, Integer.toString(historyMax));
        flags.put(Flag.DESCRIPTION, mark.description());
        flags.put(Flag.LABELS, mark.labels(revision));
        flags.put(Flag.HIDE_NOTES, "true");
        flags.put(Flag.VALUES, "-");
        boolean hooks = chart.hasHooks();
        return new HelmCommand(
                List.of("upgrade"),
                flags,
                List.of(target.release(), chart(chart.folder())),
                Optional.of(chart.values().json()),
                (hooks ? timeout.multipliedBy(HOOKS) : timeout).plus(SLACK),
                !hooks);
    }

    /** History is not limited here, so that a rollback never prunes what the next one needs. */
    static HelmCommand rollback(HelmTarget target, int revision, Mark mark, Duration timeout, Hooks hooks) {
        Map<Flag, String> flags = flags(target, hooks);
        flags.put(Flag.WAIT, "hookOnly");
        flags.put(Flag.TIMEOUT, seconds(timeout));
        flags.put(Flag.HISTORY_MAX, "0");
        flags.put(Flag.DESCRIPTION, mark.description());
        List<String> positionals = List.of(target.release(), Integer.toString(revision));
        return new HelmCommand(List.of("rollback"), flags, positionals, Optional.empty(), timeout.plus(SLACK), false);
    }

    static HelmCommand uninstall(HelmTarget target, Duration timeout, Hooks hooks) {
        Map<Flag, String> flags = flags(target, hooks);
        flags.put(Flag.WAIT, "watcher");
        flags.put(Flag.TIMEOUT, seconds(timeout));
        flags.put(Flag.IGNORE_NOT_FOUND, "true");
        return new HelmCommand(
                List.of("uninstall"), flags, List.of(target.release()), Optional.empty(), timeout.plus(SLACK), false);
    }

    private static Map<Flag, String> flags(HelmTarget target, Hooks hooks) {
        Map<Flag, String> flags = flags(target);
        if (hooks == Hooks.SKIP) {
            flags.put(Flag.NO_HOOKS, "true");
        }
        return flags;
    }

    private static HelmCommand read(List<String> verb, Map<Flag, String> flags, String release) {
        return new HelmCommand(verb, flags, List.of(release), Optional.empty(), QUICK, true);
    }

    private static Map<Flag, String> flags(HelmTarget target) {
        HelmNames.check(target);
        EnumMap<Flag, String> flags = new EnumMap<>(Flag.class);
        flags.put(Flag.NAMESPACE, target.namespace());
        return flags;
    }

    /** Absolute, so that helm never takes it for the name of a repository or a URL. */
    private static String chart(Path folder) {
        return folder.toAbsolutePath().normalize().toString();
    }

    private static String seconds(Duration duration) {
        return Math.max(1, duration.toSeconds()) + "s";
    }
}
