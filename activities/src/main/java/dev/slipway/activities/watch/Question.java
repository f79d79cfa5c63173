package dev.slipway.activities.watch;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * A selector taken apart into what is asked and of whom, so that the same question about many tracks can be asked once.
 *
 * @param shape the selector without its track
 */
record Question(Selector shape, Track track) {
    /** With more names than this their list would cost Prometheus more than the series that it keeps out. */
    private static final int MOST_NAMES = 300;

    private static final Interner<Selector> SHAPES = Interners.newWeakInterner();

    /** Empty for a selector that is not confined to one track. */
    static Optional<Question> of(Selector selector) {
        int namespace = last(selector, Track.NAMESPACE);
        int instance = last(selector, Track.INSTANCE);
        if (namespace < 0 || instance < 0) {
            return Optional.empty();
        }
        List<String> own = new ArrayList<>(selector.matchers());
        own.remove(Math.max(namespace, instance));
        own.remove(Math.min(namespace, instance));
        return Optional.of(new Question(
                SHAPES.intern(new Selector(selector.metric(), own)),
                new Track(value(selector, namespace), value(selector, instance)).shared()));
    }

    /** The last one is ours: what a release.yaml says comes first. */
    private static int last(Selector selector, String label) {
        for (int i = selector.matchers().size() - 1; i >= 0; i--) {
            if (selector.matchers().get(i).startsWith(label + "=\"")) {
                return i;
            }
        }
        return -1;
    }

    private static String value(Selector selector, int matcher) {
        String text = selector.matchers().get(matcher);
        return text.substring(text.indexOf('"') + 1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    /** The selector that answers the shape for all these tracks, and possibly for others in their namespaces. */
    static Selector together(Selector shape, Collection<Track> tracks) {
        Selector namespaces = among(
                shape, Track.NAMESPACE, tracks.stream().map(Track::namespace).collect(names()));
        // counted before they are sorted: of ten thousand no list is made
        return tracks.stream()
                                .map(Track::release)
                                .distinct()
                                .limit(MOST_NAMES + 1)
                                .count()
                        > MOST_NAMES
                ? namespaces.matching(Track.INSTANCE, ".+")
                : among(
                        namespaces,
                        Track.INSTANCE,
                        tracks.stream().map(Track::release).collect(names()));
    }

    private static Collector<String, ?, TreeSet<String>> names() {
        return Collectors.toCollection(TreeSet::new);
    }

    private static Selector among(Selector selector, String label, TreeSet<String> names) {
        return names.size() == 1
                ? selector.with(label, names.first())
                : selector.matching(label, names.stream().map(Question::literal).collect(Collectors.joining("|")));
    }

    private static String literal(String name) {
        return name.replaceAll("[^a-zA-Z0-9_-]", "\\\\$0");
    }
}
