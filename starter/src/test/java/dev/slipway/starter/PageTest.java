package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
    private static final List<String> ALL = List.of("c", "a", "e", "b", "d");

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 200})
    void thePagesTogetherAreTheListInItsOrder(int limit) {
        assertThat(followed(limit)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void theLastPageEndsWithoutACursorAlsoWhenItIsFull() {
        assertThat(page(5, null, ALL).cursor()).isNull();
        assertThat(page(4, null, ALL).cursor()).isNotNull();
        assertThat(page(1, null, List.of())).isEqualTo(new Page.Cut<>(List.of(), null));
    }

    @Test
    void whatIsNewInFrontMovesNothing() {
        Page.Cut<String> first = page(2, null, List.of("b", "c", "d", "e"));

        assertThat(page(2, first.cursor(), ALL).items()).containsExactly("d", "e");
    }

    @Test
    void thatTheOneOfTheCursorIsGoneMovesNothingEither() {
        Page.Cut<String> first = page(2, null, ALL);

        assertThat(page(2, first.cursor(), List.of("a", "c", "d")).items()).containsExactly("c", "d");
    }

    @Test
    void refusesWhatNoPageEndedWith() {
        assertThatThrownBy(() -> Page.of(1, "not a cursor!")).hasMessageContaining("cursor");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 201})
    void refusesALimitThatIsNone(int limit) {
        assertThatThrownBy(() -> Page.of(limit, null)).hasMessage("limit is 1 to 200, not " + limit);
    }

    private static List<String> followed(int limit) {
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Page.Cut<String> cut = page(limit, cursor, ALL);
            seen.addAll(cut.items());
            cursor = cut.cursor();
        } while (cursor != null);
        return seen;
    }

    private static Page.Cut<String> page(int limit, String cursor, List<String> all) {
        return Page.of(limit, cursor).of(all, item -> item, Comparator.naturalOrder());
    }
}
