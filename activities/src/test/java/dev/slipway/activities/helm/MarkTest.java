package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class MarkTest {
    private static final Mark MARK =
            new Mark("slipway podinfo@1 attempt 1 production STABLE", "r", 4, "2", "w", OptionalInt.empty());

    @Test
    void isReadBackFromADescription() {
        Mark mark = Mark.in(MARK.description()).orElseThrow();
        assertThat(mark.run()).isEqualTo("r");
        assertThat(mark.epoch()).isEqualTo(4);
        assertThat(mark.writer()).isEqualTo("w");
        assertThat(mark.undoTo()).isEmpty();
    }

    @Test
    void aRollbackSaysWhereTo() {
        Mark undo = new Mark("slipway", "r", 5, "2", "w", OptionalInt.of(2));
        assertThat(Mark.in(undo.description()).orElseThrow().undoTo()).hasValue(2);
    }

    @Test
    void staysWithinHelmsLimitWithoutLosingItsEnd() {
        Mark mark = new Mark("x".repeat(400), "r", 4, "2", "w", OptionalInt.of(2));
        assertThat(mark.description()).hasSize(250).endsWith(" run=r epoch=4 prior=2 writer=w undo-to=2");
    }

    @Test
    void otherPeoplesDescriptionsHaveNone() {
        assertThat(Mark.in("Upgrade complete")).isEmpty();
        assertThat(Mark.in("Rollback to 2")).isEmpty();
        assertThat(Mark.in("run= epoch=x")).isEmpty();
    }

    @Test
    void labelsThatALaterRevisionInheritedDoNotCount() {
        Map<String, String> labels = Map.of(
                "slipway.dev/run",
                "r",
                "slipway.dev/epoch",
                "4",
                "slipway.dev/writer",
                "w",
                "slipway.dev/revision",
                "3");
        assertThat(Mark.in(labels, 3)).isPresent();
        assertThat(Mark.in(labels, 4)).isEmpty();
    }
}
