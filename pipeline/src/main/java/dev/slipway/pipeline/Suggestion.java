package dev.slipway.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody probably meant. */
final class Suggestion {
    private Suggestion() {}

    /** {@code did you mean 'x'?} with the nearest word; otherwise the few words there are, or nothing. */
    static String among(Collection<String> words, String written) {
        return nearest(words, written)
                .map(word -> "did you mean '" + word + "'?")
                .orElseGet(() -> choices(words));
    }

    /** The word that differs least, if it differs in few letters. */
    static Optional<String> nearest(Collection<String> words, String written) {
        int far = Math.max(1, Math.min(3, written.length() / 2));
        return words.stream()
                .filter(word -> distance(word, written) <= far)
                .min(Comparator.comparingInt((String word) -> distance(word, written))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static String choices(Collection<String> words) {
        if (words.isEmpty() || words.size() > 12) {
            return "";
        }
        return "known here: " + String.join(", ", words.stream().sorted().toList());
    }

    /** Letters to insert, delete, replace or swap with their neighbour, whatever their case. */
    static int distance(String a, String b) {
        String x = a.toLowerCase(Locale.ROOT);
        String y = b.toLowerCase(Locale.ROOT);
        if (x.length() > 100 || y.length() > 100) {
            return 100;
        }
        int[][] d = new int[x.length() + 1][y.length() + 1];
        for (int i = 0; i <= x.length(); i++) {
            for (int j = 0; j <= y.length(); j++) {
                d[i][j] = i == 0 ? j : j == 0 ? i : step(d, x, y, i, j);
            }
        }
        return d[x.length()][y.length()];
    }

    private static int step(int[][] d, String x, String y, int i, int j) {
        int replace = d[i - 1][j - 1] + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && x.charAt(i - 1) == y.charAt(j - 2) && x.charAt(i - 2) == y.charAt(j - 1);
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }
}
