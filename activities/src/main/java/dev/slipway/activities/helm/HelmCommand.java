package dev.slipway.activities.helm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One call of helm as data.
 *
 * @param verb such as {@code upgrade} or {@code get manifest}
 * @param flags from the allow-list
 * @param positionals release, revision, chart: written after {@code --}
 * @param stdin the values document
 * @param limit after which helm is stopped
 * @param stoppable whether a cancel may TERM it: an upgrade without hooks records that it failed; a hook may be a
 *     migration, and a rollback or uninstall would leave the release locked, so they are let finish
 */
record HelmCommand(
        List<String> verb,
        Map<Flag, String> flags,
        List<String> positionals,
        Optional<byte[]> stdin,
        Duration limit,
        boolean stoppable) {
    HelmCommand {
        verb = List.copyOf(verb);
        EnumMap<Flag, String> ordered = new EnumMap<>(Flag.class);
        ordered.putAll(flags);
        flags = ordered;
        positionals = List.copyOf(positionals);
        for (String positional : positionals) {
            HelmNames.noControlCharacters("argument", positional);
        }
        flags.forEach((flag, value) -> HelmNames.noControlCharacters("--" + flag.name(), value));
    }

    /** The arguments after the binary. */
    List<String> arguments() {
        List<String> all = new ArrayList<>(verb);
        flags.forEach((flag, value) -> all.add(flag.with(value)));
        all.add("--");
        all.addAll(positionals);
        return all;
    }

    /** For logs and messages: {@code helm upgrade podinfo}. */
    String words() {
        return "helm " + String.join(" ", verb) + (positionals.isEmpty() ? "" : " " + positionals.get(0));
    }
}
