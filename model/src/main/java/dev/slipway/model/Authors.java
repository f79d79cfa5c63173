package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;

/**
 * Who wrote what is released, as whoever asked for the release has said. It follows from it that they may not decide on it, and
 * nothing else: nobody may do more for being an author.
 *
 * @param names as people are called here; of somebody who is not known, what was said
 */
public record Authors(@JsonValue List<String> names) {
    /** Nobody was named. */
    public static final Authors NONE = new Authors(List.of());

    private static final int SHOWN = 5;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Authors {
        names = List.copyOf(names);
    }

    public boolean none() {
        return names.isEmpty();
    }

    /** Whether it is one of them, in whatever case: to leave out one too many is the safe side. */
    public boolean include(String subject) {
        return names.stream().anyMatch(subject::equalsIgnoreCase);
    }

    /** The first five, and how many more. */
    @Override
    public String toString() {
        String first = String.join(", ", names.stream().limit(SHOWN).toList());
        return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
    }
}
