package dev.slipway.activities.watch;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The label sets of answers, each kept once from answer to answer: those of ten thousand releases are the same with every
 * scrape, mostly in the same order, and to make maps and texts of them anew was half of reading an answer. What no answer has
 * had for a while is forgotten. For any number of threads.
 */
final class LabelSets {
    private static final long GENERATION = TimeUnit.MINUTES.toNanos(5);

    private volatile Generation generation = new Generation(1, Map.of());
    private volatile long since = System.nanoTime();

    /** A label set that was read. */
    static final class Known {
        private final Map<String, String> labels;
        private final Track track;
        /** Names and values by turns, as they were written. */
        private final String[] written;

        /** Which ones came behind it: two, as the answer to a question is often part of the answer to another one. */
        private volatile @Nullable Known next;

        private volatile @Nullable Known nextElsewhere;
        private volatile int usedIn;

        Known(List<String> written) {
            this.written = written.toArray(String[]::new);
            this.labels = LabelSets.labels(written);
            this.track = Track.of(labels).shared();
        }

        Map<String, String> labels() {
            return labels;
        }

        /** Whose series have these labels. */
        Track track() {
            return track;
        }

        /** Whether the first texts are those of another one. */
        boolean beginsAs(Known other, int texts) {
            return Arrays.equals(
                    written,
                    0,
                    Math.min(texts, written.length),
                    other.written,
                    0,
                    Math.min(texts, other.written.length));
        }

        void isFollowedBy(Known other) {
            nextElsewhere = next;
            next = other;
        }

        /** Whether a label is the same as the one that was written there, of which no text is made. */
        boolean has(int at, String name, JsonParser json) throws IOException {
            if (at >= written.length || !written[at].equals(name)) {
                return false;
            }
            String value = written[at + 1];
            if (value.length() != json.getTextLength()) {
                return false;
            }
            char[] text = json.getTextCharacters();
            int offset = json.getTextOffset();
            for (int i = 0; i < value.length(); i++) {
                if (text[offset + i] != value.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Those that answers have had for a time, and those of the time before. */
    private static final class Generation {
        private final Map<Map<String, String>, Known> sets = new ConcurrentHashMap<>();
        private final Map<String, String> words = new ConcurrentHashMap<>();
        private final Map<Map<String, String>, Known> older;
        private final int number;

        Generation(int number, Map<Map<String, String>, Known> older) {
            this.number = number;
            this.older = older;
        }

        /** The set that was read before, or else this one. */
        Known known(List<String> written) {
            Map<String, String> labels = labels(written);
            Known known = sets.getOrDefault(labels, older.get(labels));
            return used(
                    known != null
                            ? known
                            : new Known(written.stream().map(this::word).toList()));
        }

        Known used(Known known) {
            if (known.usedIn == number) {
                return known;
            }
            known.usedIn = number;
            Known other = sets.putIfAbsent(known.labels, known);
            return other != null ? other : known;
        }

        /** Most values are those of other sets too. */
        private String word(String text) {
            return words.computeIfAbsent(text, word -> word);
        }
    }

    private static Map<String, String> labels(List<String> written) {
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < written.size(); i += 2) {
            labels.put(written.get(i), written.get(i + 1));
        }
        return Map.copyOf(labels);
    }

    /** Begins to read an answer. */
    Answer answer() {
        if (System.nanoTime() - since > GENERATION) {
            age();
        }
        return new Answer(generation);
    }

    /** What no answer has until this is called again is forgotten. */
    synchronized void age() {
        since = System.nanoTime();
        generation = new Generation(generation.number + 1, generation.sets);
    }

    /** Reads the labels of one series after the other. For one thread. */
    static final class Answer {
        private final Generation generation;
        private final List<String> written = new ArrayList<>();
        private @Nullable Known last;

        private Answer(Generation generation) {
            this.generation = generation;
        }

        /** The labels of the object at whose begin the parser is. */
        Known read(JsonParser json) throws IOException {
            Known before = last;
            Known expected = before == null ? null : expected(before, json);
            Known known = expected != null ? generation.used(expected) : rest(json);
            if (before != null && known != expected) {
                before.isFollowedBy(known);
            }
            last = known;
            return known;
        }

        /** One that came behind, if it is what is read; what was the same until it was not is in {@code written} otherwise. */
        private @Nullable Known expected(Known before, JsonParser json) throws IOException {
            written.clear();
            Known candidate = before.next;
            Known other = before.nextElsewhere;
            if (candidate == null) {
                return null;
            }
            int at = 0;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (!candidate.has(at, name, json)) {
                    if (other == null || !other.beginsAs(candidate, at) || !other.has(at, name, json)) {
                        written.addAll(List.of(candidate.written).subList(0, at));
                        written.add(name);
                        written.add(json.getText());
                        return null;
                    }
                    candidate = other;
                    other = null;
                }
                at += 2;
            }
            if (at < candidate.written.length) {
                written.addAll(List.of(candidate.written).subList(0, at));
                return null;
            }
            return candidate;
        }

        private Known rest(JsonParser json) throws IOException {
            while (json.currentToken() != JsonToken.END_OBJECT && json.nextToken() == JsonToken.FIELD_NAME) {
                written.add(json.currentName());
                json.nextToken();
                written.add(json.getText());
            }
            Known known = generation.known(written);
            written.clear();
            return known;
        }
    }
}
