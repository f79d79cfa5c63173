package dev.slipway.activities.helm;

import dev.slipway.workflows.undo.Permit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our signature on a Helm revision. A deployed revision and a rollback carry it in the description. Helm writes its own
 * description on a pending or failed upgrade, so there the labels tell; because later revisions inherit labels, they also
 * name the one revision that they were made for.
 *
 * @param text what people read first, may be empty for a mark that was read back
 * @param run the stage's run
 * @param epoch of the permit
 * @param prior the revision that the permit returns to, or {@code none}
 * @param writer the worker process that ran helm
 * @param undoTo the revision that this one returns to, when it is part of an undo
 */
record Mark(String text, String run, long epoch, String prior, String writer, OptionalInt undoTo) {
    private static final Pattern FORM = Pattern.compile(
            ".* run=(\\S+) epoch=(\\d{1,18}) prior=(\\d{1,9}|none) writer=(\\S+)(?: undo-to=(\\d{1,9}))?");
    private static final String RUN = "slipway.dev/run";
    private static final String EPOCH = "slipway.dev/epoch";
    private static final String WRITER = "slipway.dev/writer";
    private static final String REVISION = "slipway.dev/revision";
    /** helm's limit for a rollback's description is 256. */
    private static final int LONGEST = 250;

    /** The mark of a deployment under the permit. */
    static Mark of(Permit permit, String writer) {
        return new Mark(
                text(permit), permit.stamp().stageRun(), permit.epoch(), prior(permit), writer, OptionalInt.empty());
    }

    /** The mark of a rollback under the permit. */
    static Mark undo(Permit permit, String writer, int revision) {
        return new Mark(
                text(permit),
                permit.stamp().stageRun(),
                permit.epoch(),
                prior(permit),
                writer,
                OptionalInt.of(revision));
    }

    private static String text(Permit permit) {
        var stamp = permit.stamp();
        return "slipway " + stamp.release() + " attempt " + stamp.attempt() + " " + stamp.environment() + " "
                + permit.resource();
    }

    private static String prior(Permit permit) {
        return PriorRevision.of(permit).map(r -> Integer.toString(r.revision())).orElse("none");
    }

    /** The mark in a description, if there is one. */
    static Optional<Mark> in(String description) {
        Matcher matcher = FORM.matcher(description);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String undo = matcher.group(5);
        return Optional.of(new Mark(
                "",
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                matcher.group(3),
                matcher.group(4),
                undo == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(undo))));
    }

    /** The mark in a revision's labels, if they were made for it. */
    static Optional<Mark> in(Map<String, String> labels, int revision) {
        String run = labels.get(RUN);
        OptionalLong epoch = number(labels.getOrDefault(EPOCH, ""));
        if (run == null || epoch.isEmpty() || !Integer.toString(revision).equals(labels.get(REVISION))) {
            return Optional.empty();
        }
        return Optional.of(
                new Mark("", run, epoch.getAsLong(), "none", labels.getOrDefault(WRITER, ""), OptionalInt.empty()));
    }

    private static OptionalLong number(String text) {
        return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    /** For {@code helm history}. */
    String description() {
        String tail = " run=" + HelmNames.labelValue(run) + " epoch=" + epoch + " prior=" + prior + " writer=" + writer
                + (undoTo.isPresent() ? " undo-to=" + undoTo.getAsInt() : "");
        int room = LONGEST - tail.length();
        return (text.length() > room ? text.substring(0, room) : text) + tail;
    }

    /** For the revision that is about to be made. */
    String labels(int revision) {
        return RUN + "=" + HelmNames.labelValue(run) + "," + EPOCH + "=" + epoch + "," + WRITER + "=" + writer + ","
                + REVISION + "=" + revision;
    }

    /** Whether it is of the permit's stage run. */
    boolean isOf(Permit permit) {
        return run.equals(permit.stamp().stageRun());
    }
}
