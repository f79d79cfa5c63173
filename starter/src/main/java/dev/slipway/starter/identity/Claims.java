package dev.slipway.starter.identity;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a token says of its bearer, as text. */
record Claims(Map<String, Object> all) {

    /** The claim's texts: of a list its elements, of a number or a truth value the word. Empty for what is none of these. */
    List<String> texts(String claim) {
        Object value = all.get(claim);
        Collection<?> values = value instanceof Collection<?> list ? list : value == null ? List.of() : List.of(value);
        return values.stream()
                .filter(one -> one instanceof String
                        || one instanceof Boolean
                        || one instanceof Long
                        || one instanceof Integer)
                .map(String::valueOf)
                .toList();
    }

    /** The claim when it is one text and no list. */
    Optional<String> text(String claim) {
        return all.get(claim) instanceof Collection<?>
                ? Optional.empty()
                : texts(claim).stream().findFirst();
    }
}
