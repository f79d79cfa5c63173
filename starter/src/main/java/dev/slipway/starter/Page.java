package dev.slipway.starter;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is asked for: so many, after one that was seen before. A cursor says which one that was and not how
 * many came before it, so that what is new meanwhile moves nothing into or out of the pages that follow.
 */
record Page(int limit, Optional<String> after) {
    /** When nobody says how many. */
    static final String USUAL = "50";

    private static final int MOST = 200;

    /**
     * @throws Refusal 400 malformed
     */
    static Page of(int limit, @Nullable String cursor) {
        if (limit < 1 || limit > MOST) {
            throw Refusal.malformed("limit is 1 to " + MOST + ", not " + limit);
        }
        return new Page(
                limit, Optional.ofNullable(cursor).filter(c -> !c.isBlank()).map(Page::key));
    }

    /**
     * What is on a page.
     *
     * @param cursor of the next page; null on the last one
     */
    record Cut<T>(List<T> items, @Nullable String cursor) {}

    /**
     * The page of a list.
     *
     * @param key of an item, different for each
     * @param order of the keys
     */
    <T> Cut<T> of(List<T> all, Function<T, String> key, Comparator<String> order) {
        List<T> rest = all.stream()
                .filter(item -> after.isEmpty() || order.compare(key.apply(item), after.get()) > 0)
                .sorted(Comparator.comparing(key, order))
                .limit(limit + 1L)
                .toList();
        if (rest.size() <= limit) {
            return new Cut<>(rest, null);
        }
        List<T> items = rest.subList(0, limit);
        return new Cut<>(items, cursor(key.apply(items.get(limit - 1))));
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String key(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed("this cursor is none that a page of this list ended with");
        }
    }
}
