package dev.slipway.workflows.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LastCallTest {
    @ParameterizedTest
    @CsvSource({"PT72H,PT24H", "PT6H,PT2H", "PT90M,PT30M", "PT60M,PT30M", "PT40M,PT20M", "PT2M,PT1M"})
    void isAThirdOfTheTimeOrHalfAnHourButNotBeforeHalfOfItIsOver(Duration within, Duration left) {
        assertThat(People.lastCall(within)).isEqualTo(left);
    }
}
