package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BeatsTest {
    @ParameterizedTest
    @ValueSource(strings = {"PT10S", "PT1M", "PT5M"})
    void threeLostBeatsInARowCostNothing(Duration timeout) {
        Beats beats = Beats.within(timeout);

        Duration fourth = beats.afterHeard().plus(beats.afterLost().multipliedBy(3));

        assertThat(fourth).isLessThan(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1M", "PT5M"})
    void aSoakBeatsTwiceWithinItsTimeoutAtMost(Duration timeout) {
        assertThat(Beats.within(timeout).afterHeard().multipliedBy(2)).isGreaterThan(timeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT10S", "PT30S"})
    void aRampLosesLessThanAThirdOfItsTimeoutWhenItsWorkerDies(Duration timeout) {
        assertThat(Beats.within(timeout).afterHeard().multipliedBy(3)).isLessThan(timeout);
    }
}
