package dev.slipway.model.analysis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The restated judge must be wrong where the real one is known to be, or the comparison is with a straw man. */
class KayentaJudgeTest {
    @Test
    void passesACanaryThatIsAHundredTimesAsBadInSevenOfTenMinutes() {
        double[] canary = {100, 100, 100, 100, 100, 100, 100, 1, 1, 1};
        double[] baseline = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

        assertThat(Kayenta.high(canary, baseline)).isFalse();
        canary[7] = 100;
        assertThat(Kayenta.high(canary, baseline)).isTrue();
    }

    @Test
    void passesAFewErrorsBesideNone() {
        assertThat(Kayenta.high(new double[] {0, 1, 2, 1, 0, 0}, new double[6])).isFalse();
    }

    @Test
    void findsAShiftThatIsOne() {
        assertThat(Kayenta.high(
                        new double[] {5.1, 4.9, 5.3, 5.2, 4.8, 5.0, 5.4, 4.7},
                        new double[] {1.1, 0.9, 1.3, 1.2, 0.8, 1.0, 1.4, 0.7}))
                .isTrue();
    }
}
