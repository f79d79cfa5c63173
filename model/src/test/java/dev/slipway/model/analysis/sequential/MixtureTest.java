package dev.slipway.model.analysis.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final double[] FACTORS = {1.5, 2, 3, 5, 10, 30, 100};
    private static final Claim HEALTHY = new Claim.Relative(1.5);

    /** The formula as it is published, without logarithms: products of likelihood ratios, then their mean. */
    @Test
    void isTheMeanOfTheLikelihoodRatios() {
        Scrape first = scrape(9, 200, 12, 4_000);
        Scrape second = scrape(3, 500, 5, 500);

        double expected = 0;
        for (double factor : FACTORS) {
            expected += ratio(first, factor) * ratio(second, factor) / FACTORS.length;
        }

        assertThat(Math.exp(after(HEALTHY, first, second).log())).isCloseTo(expected, within(1e-9 * expected));
    }

    private static double ratio(Scrape scrape, double factor) {
        double weight = (double) scrape.canary().total()
                / (scrape.canary().total() + scrape.stable().total());
        double claimed = 1.5 * weight / (1.5 * weight + 1 - weight);
        double worse = 1.5 * factor * weight / (1.5 * factor * weight + 1 - weight);
        return Math.pow(worse / claimed, scrape.canary().bad())
                * Math.pow((1 - worse) / (1 - claimed), scrape.stable().bad());
    }

    @Test
    void emptyScrapesChangeNothing() {
        Doubt doubt = after(HEALTHY, scrape(4, 100, 2, 900));

        assertThat(after(HEALTHY, scrape(4, 100, 2, 900), Scrape.NOTHING, scrape(0, 0, 3, 50), scrape(5, 60, 0, 0)))
                .isEqualTo(doubt);
    }

    @Test
    void aScrapeOfTheWholeIsWorthItsParts() {
        Doubt whole = after(HEALTHY, scrape(30, 300, 20, 2_700));
        Doubt parts = after(HEALTHY, scrape(10, 100, 15, 900), scrape(20, 200, 5, 1_800));

        assertThat(parts.log()).isCloseTo(whole.log(), within(1e-9));
    }

    @Test
    void aBillionRequestsAreCounted() {
        long billion = 1_000_000_000;
        Claim allowed = new Claim.Absolute(Objective.parse("99.9%"));

        assertThat(after(HEALTHY, scrape(billion / 100, billion, billion / 100, billion))
                        .log())
                .isNegative();
        assertThat(after(HEALTHY, scrape(billion, billion, 0, billion)).log()).isBetween(1e8, 1e10);
        assertThat(after(allowed, scrape(0, billion, 0, 0)).log()).isBetween(-1e10, -1e5);
        assertThat(after(allowed, scrape(billion, billion, 0, 0)).log()).isBetween(1e8, 1e10);
    }

    @Test
    void everythingBadUnderAGenerousObjectiveIsStillANumber() {
        Claim allowed = new Claim.Absolute(Objective.parse("10%"));

        assertThat(after(allowed, scrape(1_000, 1_000, 0, 0)).log()).isPositive();
        assertThat(after(allowed, scrape(0, 1_000, 0, 0)).log()).isNegative();
    }

    @Test
    void aStakeOnANewBeginningOutlivesAHealthyPast() {
        Mixture past = Mixture.of(Alternatives.WORSE, 0.5).plus(new Draws(0, 1_000_000, 0.01), 1, 100);

        assertThat(past.log()).isLessThan(-1_000);
        assertThat(past.topped(0.001).log()).isCloseTo(Math.log(0.001), within(1e-9));
        assertThat(past.topped(0)).isEqualTo(past);
    }

    @Test
    void whatIsNoCountIsRefused() {
        assertThatThrownBy(() -> new Events(2, 1)).hasMessage("2 bad events of 1");
        assertThatThrownBy(() -> new Events(-1, 1)).hasMessage("-1 bad events of 1");
        assertThatThrownBy(() -> Events.counted(-1, 4)).hasMessageContaining("cannot rise by -1.0");
        assertThatThrownBy(() -> Events.counted(Double.NaN, 4)).hasMessageContaining("cannot rise by NaN");
        assertThatThrownBy(() -> Events.counted(1, Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
        assertThat(Events.counted(3, 2)).isEqualTo(new Events(2, 2));
        assertThatThrownBy(() -> new Scrape(Duration.ofSeconds(-1), Events.NONE, Events.NONE))
                .hasMessage("a scrape cannot cover PT-1S");
        assertThatThrownBy(() -> new Claim.Relative(0)).hasMessageContaining("between 0.1 and 100");
        assertThatThrownBy(() -> new Mixture(Alternatives.WORSE, List.of(0.0)))
                .hasMessage("1 stakes on 7 alternatives");
        assertThatThrownBy(() -> new Risk(0, 0.5)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new Doubt(HEALTHY, Mixture.of(Alternatives.WORSE, 1), Double.NaN))
                .hasMessageContaining("NaN");
    }

    private static Doubt after(Claim claim, Scrape... scrapes) {
        Doubt doubt = Doubt.begin(claim, Alternatives.WORSE, 1);
        for (Scrape scrape : scrapes) {
            doubt = doubt.plus(scrape);
        }
        return doubt;
    }

    private static Scrape scrape(long bad, long total, long stableBad, long stableTotal) {
        return new Scrape(Duration.ofSeconds(5), new Events(bad, total), new Events(stableBad, stableTotal));
    }
}
