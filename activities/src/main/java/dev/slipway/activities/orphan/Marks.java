package dev.slipway.activities.orphan;

import dev.slipway.model.ReleaseId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our signature as it is written for people and read back here: on a Helm revision's description and on a route.
 *
 * @param epoch 0 where the mark tells none
 * @param prior the Helm revision that an undo returns to; absent when there was none, or the mark does not tell
 */
record Marks(ReleaseId release, int attempt, String run, long epoch, OptionalInt prior) {
    private static final Pattern REVISION = Pattern.compile(
            "slipway (\\S+@\\S+) attempt (\\d{1,9}) .*run=(\\S+) epoch=(\\d{1,18}) prior=(\\d{1,9}|none) .*");
    private static final Pattern ROUTE = Pattern.compile("(\\S+@\\S+) attempt (\\d{1,9}) run (\\S+)");

    /** Of the description of a Helm revision. */
    static Optional<Marks> ofRevision(String description) {
        Matcher m = REVISION.matcher(description);
        return m.matches()
                ? Optional.of(new Marks(
                        ReleaseId.parse(m.group(1)),
                        Integer.parseInt(m.group(2)),
                        m.group(3),
                        Long.parseLong(m.group(4)),
                        m.group(5).equals("none") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(m.group(5)))))
                : Optional.empty();
    }

    /** Of the annotation {@code slipway.dev/release} of a route, or of a Job. */
    static Optional<Marks> ofRoute(String annotation) {
        Matcher m = ROUTE.matcher(annotation);
        return m.matches()
                ? Optional.of(new Marks(
                        ReleaseId.parse(m.group(1)), Integer.parseInt(m.group(2)), m.group(3), 0, OptionalInt.empty()))
                : Optional.empty();
    }
}
