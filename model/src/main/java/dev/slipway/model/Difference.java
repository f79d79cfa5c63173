package dev.slipway.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a version would change in one environment: as much of it as is kept with the release, a few kB, and the digest of the
 * whole. It holds no secrets.
 *
 * @param from what is there now, such as {@code podinfo@6.9.1 (revision 4, chart podinfo-6.9.1)}
 * @param summary how much changes, in a line; why it is not known, when it is not
 * @param lookTwice what reaches further than a new version usually does: rights, the host, webhooks
 * @param values of the values files and the image, as {@code path: before -> after}
 * @param objects one line for each that is new, gone or changed
 * @param excerpt the first hunks of the unified diff, cut at a line boundary
 * @param digest of the whole diff; absent when it is not known
 * @param unkept why nobody can read the whole of it; empty when it is kept
 */
public record Difference(
        String from,
        String summary,
        List<String> lookTwice,
        List<String> values,
        List<String> objects,
        String excerpt,
        Optional<Digest> digest,
        String unkept) {
    /** The name of the evidence that says how much changes. */
    public static final String CHANGES = "changes";
    /** The name of the evidence for each thing to look at twice. */
    public static final String LOOK_TWICE = "look twice";
    /** The name of the evidence for each value that changes. */
    public static final String VALUE = "value";
    /** The name of the evidence for each object that changes. */
    public static final String OBJECT = "object";
    /** The name of the evidence that names the whole diff by its digest. */
    public static final String DIFF = "diff";
    /** The name of the evidence with the first hunks: several lines. */
    public static final String EXCERPT = "excerpt";

    /** What a version is compared with where nothing is deployed. */
    public static final String NOTHING = "nothing";

    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    public Difference {
        lookTwice = List.copyOf(lookTwice);
        values = List.copyOf(values);
        objects = List.copyOf(objects);
    }

    /** Nobody could find out, and that must not hold the question up. */
    public static Difference unavailable(String why) {
        return new Difference("", "not available: " + why, List.of(), List.of(), List.of(), "", Optional.empty(), "");
    }

    /**
     * The same with the digest of the whole.
     *
     * @param why nobody can read the whole of it; empty when it is kept
     */
    public Difference kept(Digest whole, String why) {
        return new Difference(from, summary, lookTwice, values, objects, excerpt, Optional.of(whole), why);
    }

    /**
     * The same as evidence, which is how people and records see it.
     *
     * @param command that shows the whole of it
     */
    public List<Evidence> evidence(String command) {
        List<Evidence> all = new ArrayList<>();
        all.add(Evidence.of(CHANGES, from.isEmpty() ? summary : "from " + from + ": " + summary));
        lookTwice.forEach(finding -> all.add(Evidence.of(LOOK_TWICE, finding)));
        values.forEach(value -> all.add(Evidence.of(VALUE, value)));
        objects.forEach(object -> all.add(Evidence.of(OBJECT, object)));
        digest.ifPresent(whole -> all.add(
                unkept.isEmpty()
                        ? new Evidence(DIFF, whole.value(), command)
                        : Evidence.of(DIFF, whole + ", of which no more can be read than this: " + unkept)));
        if (!excerpt.isEmpty()) {
            all.add(Evidence.of(EXCERPT, excerpt));
        }
        return List.copyOf(all);
    }

    /** The digest of the whole diff that such evidence names. */
    public static Optional<Digest> digest(List<Evidence> evidence) {
        return evidence.stream()
                .filter(one -> one.name().equals(DIFF))
                .map(one -> DIGEST.matcher(one.detail()))
                .filter(Matcher::find)
                .map(found -> new Digest(found.group()))
                .findFirst();
    }
}
