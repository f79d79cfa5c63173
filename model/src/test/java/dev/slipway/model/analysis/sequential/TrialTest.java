package dev.slipway.model.analysis.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Objective OBJECTIVE = Objective.parse("99%");
    private static final Risk RISK = new Risk(0.001, 0.05);

    @Test
    void aFailureSaysTheCountsOfBothSidesAndTheOdds() {
        Verdict verdict = Cumulative.relative(RISK)
                .plus(scrape(6, 140, 8, 2_940))
                .plus(scrape(6, 142, 8, 2_940))
                .plus(scrape(6, 142, 9, 2_940))
                .verdict("errors");

        assertThat(verdict).isInstanceOf(Verdict.Failed.class);
        assertThat(verdict.reason()).matches("errors 4\\.2 % of 424 against 0\\.28 % of 8,820: [0-9.,e]+ to 1 against");
        assertThat(verdict.evidence().get(0).name()).isEqualTo("errors");
        assertThat(verdict.evidence().get(0).detail())
                .contains("; p ")
                .endsWith(", fails at 1,000 to 1, passes at 20 to 1");
    }

    @Test
    void oddsReadLikeOddsHoweverLongTheyAre() {
        assertThat(Phrases.odds(Math.log(1.5))).isEqualTo("1.5 to 1");
        assertThat(Phrases.odds(Math.log(20))).isEqualTo("20 to 1");
        assertThat(Phrases.odds(Math.log(1_000))).isEqualTo("1,000 to 1");
        assertThat(Phrases.odds(Math.log(52_900))).isEqualTo("5.2e4 to 1");
        assertThat(Phrases.odds(1e6)).isEqualTo("3e434294 to 1");
        assertThat(Phrases.probability(Math.log(20))).isEqualTo("0.05");
        assertThat(Phrases.probability(Math.log(52_000))).isEqualTo("2e-5");
        assertThat(Phrases.share(new Events(0, 0))).isEqualTo("0 % of 0");
        assertThat(Phrases.share(new Events(9, 212))).isEqualTo("4.2 % of 212");
        assertThat(Phrases.share(new Events(1, 4_410_000))).isEqualTo("0.000023 % of 4,410,000");
    }

    @Test
    void noSingleScrapeDecides() {
        Trial trial = Cumulative.relative(RISK).plus(scrape(200, 200, 0, 4_000));
        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");

        assertThat(trial.plus(scrape(200, 200, 0, 4_000)).verdict("errors").word())
                .isEqualTo("FAILED");
    }

    @Test
    void evidenceThatWasEnoughOnceStaysEnough() {
        Trial trial = Cumulative.relative(RISK).plus(scrape(30, 200, 10, 4_000)).plus(scrape(30, 200, 10, 4_000));
        assertThat(trial.failed()).isTrue();

        assertThat(trial.plus(scrape(0, 100_000, 10_000, 100_000)).failed()).isTrue();
    }

    @Test
    void thePValueNeverRises() {
        Cumulative trial = Cumulative.relative(RISK).plus(scrape(3, 100, 1, 900));
        double before = trial.ofHealth().pValue();

        Cumulative later = trial.plus(scrape(0, 1_000, 50, 9_000));

        assertThat(before).isLessThan(1);
        assertThat(later.ofHealth().log()).isNegative();
        assertThat(later.ofHealth().pValue()).isEqualTo(before);
    }

    @Test
    void aCanaryThatKeepsItsObjectivePassesWhenThatIsShown() {
        Trial few = Cumulative.absolute(OBJECTIVE, RISK).plus(scrape(0, 200, 0, 0));
        Trial enough = few.plus(scrape(0, 400, 0, 0));

        assertThat(few.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
        assertThat(enough.verdict("errors").word()).isEqualTo("PASSED");
        assertThat(enough.verdict("errors").reason()).endsWith(" in favour");
    }

    @Test
    void noDataNeverPassesAndNeverFails() {
        for (Trial trial : List.of(
                AgainstStable.ramp(OBJECTIVE, RISK),
                AgainstStable.soak(OBJECTIVE, 0.001, Duration.ofHours(1)),
                Consecutive.begin(OBJECTIVE, Duration.ofSeconds(5), 1, 1),
                FailureLimit.begin(OBJECTIVE, Duration.ofSeconds(5), 0, 1),
                BurnRate.paging(OBJECTIVE))) {
            Trial idle = trial;
            for (int i = 0; i < 1_000; i++) {
                idle = idle.plus(scrape(0, 0, 3, 500));
            }
            assertThat(idle.verdict("errors").word()).as("%s", trial).isEqualTo("INCONCLUSIVE");
        }
    }

    @Test
    void aCanaryWithinItsObjectiveButFarWorseThanStableFails() {
        Trial trial = AgainstStable.ramp(OBJECTIVE, RISK)
                .plus(scrape(20, 5_000, 2, 45_000))
                .plus(scrape(20, 5_000, 3, 45_000));

        assertThat(trial.verdict("errors").word()).isEqualTo("FAILED");
        assertThat(trial.verdict("errors").reason()).contains("against 0.0056 % of 90,000");
    }

    @Test
    void anIncidentThatHitsBothSidesIsForAPerson() {
        AgainstStable trial = AgainstStable.ramp(OBJECTIVE, RISK)
                .plus(scrape(50, 250, 450, 2_250))
                .plus(scrape(50, 250, 450, 2_250));

        assertThat(trial.undecidable()).isTrue();
        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
        assertThat(trial.verdict("errors").reason())
                .startsWith("errors 20 % of 500 with 1 % allowed: ")
                .contains("; stable is bad too, 20 % of 4,500 with 1 % allowed: ");
    }

    @Test
    void anIncidentInALateRampIsForAPersonAlthoughStableHasLittleTraffic() {
        Trial trial = AgainstStable.ramp(OBJECTIVE, RISK);
        for (int i = 0; i < 20; i++) {
            trial = trial.plus(scrape(20, 400, 5, 100));
        }

        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void asGoodAsAStableThatIsBadIsNoPass() {
        Trial trial = AgainstStable.ramp(OBJECTIVE, RISK).plus(scrape(300, 20_000, 1_500, 100_000));

        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void whatMayYetTurnOutWorseThanStableDoesNotPass() {
        Trial trial = AgainstStable.ramp(OBJECTIVE, RISK)
                .plus(scrape(2, 750, 0, 14_250))
                .plus(scrape(1, 750, 0, 14_250));

        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
        assertThat(trial.verdict("errors").reason()).endsWith(", too much against for a pass");
    }

    @Test
    void aServiceWithoutErrorsPassesByItsObjective() {
        Trial trial = AgainstStable.ramp(OBJECTIVE, RISK).plus(scrape(0, 1_500, 0, 28_500));

        assertThat(trial.verdict("errors").word()).isEqualTo("PASSED");
    }

    @Test
    void aDefectAfterTwelveHealthyHoursIsSeenByTheDetectorAndNotByTheSum() {
        Weighing sum = Cumulative.absolute(OBJECTIVE, RISK);
        Weighing detector = Detector.absolute(OBJECTIVE, 0.001, Duration.ofHours(24));
        for (int i = 0; i < 12 * 60; i++) {
            sum = sum.plus(minute(3, 600));
            detector = detector.plus(minute(3, 600));
        }
        assertThat(detector.failed()).isFalse();

        for (int i = 0; i < 3; i++) {
            sum = sum.plus(minute(30, 600));
            detector = detector.plus(minute(30, 600));
        }

        assertThat(sum.failed()).isFalse();
        assertThat(detector.failed()).isTrue();
    }

    /** The stakes add up to one over the planned time however it is cut into scrapes. */
    @Test
    void theDetectorsStakesDoNotDependOnTheScrapeInterval() {
        for (int scrapes : List.of(10, 1_000)) {
            Detector detector = Detector.relative(0.001, Duration.ofHours(1));
            for (int i = 0; i < scrapes; i++) {
                detector = detector.plus(
                        new Scrape(Duration.ofHours(1).dividedBy(scrapes), new Events(0, 1), new Events(0, 1)));
            }
            assertThat(detector.ofHealth().log()).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void aReleasesRiskIsSharedByAllThatMayRaiseAnAlarm() {
        RiskSplit split = new RiskSplit(Risk.OF_A_RELEASE, 2, 3, 2);

        assertThat(split.ofRamp().alpha() * 2 * 3 + split.ofSoak().alpha() * 2 * 2)
                .isCloseTo(0.001, within(1e-12));
        assertThat(split.ofRamp().beta() * 3).isCloseTo(0.05, within(1e-12));
        assertThatThrownBy(() -> new RiskSplit(RISK, 0, 1, 0)).hasMessageContaining("nothing to judge");
    }

    @Test
    void theSpreadOfIndependentEventsIsOneAndThatOfBurstsIsWhatItIs() {
        assertThat(spread(Service.Trouble.NONE).ofStable()).isCloseTo(1, within(0.1));
        assertThat(spread(Service.Trouble.DAY).ofStable()).isCloseTo(1, within(0.1));
        assertThat(spread(Service.Trouble.BURSTS).ofStable()).isCloseTo(3, within(0.3));
        assertThat(spread(Service.Trouble.BURSTS).ofCanary()).isCloseTo(3, within(0.3));
    }

    @Test
    void eachSideIsAsBurstyAsItIs() {
        Spread spread = spread(Service.Trouble.CANARY_BURSTS);

        assertThat(spread.ofStable()).isCloseTo(1, within(0.1));
        assertThat(spread.ofCanary()).isCloseTo(3, within(0.3));
        assertThat(spread.divisor(0)).isEqualTo(spread.ofCanary());
        assertThat(spread.divisor(0.25)).isCloseTo(2.5, within(0.3));
    }

    @Test
    void aCanaryOfWhichLittleIsKnownIsTakenToBeAsBurstyAsStable() {
        assertThat(Spread.OF_A_SOAK.ofCanary()).isEqualTo(2);

        Spread spread = Spread.OF_A_SOAK;
        for (int i = 0; i < 1_000; i++) {
            spread = spread.plus(scrape(0, 10, i % 2 == 0 ? 9 : 0, 900));
        }

        assertThat(spread.ofStable()).isGreaterThan(4);
        assertThat(spread.ofCanary()).isEqualTo(spread.ofStable());
    }

    @Test
    void whatStableShowedBeforeTheRampMakesAFitOfTheCanaryWorthLess() {
        AgainstStable trial = AgainstStable.ramp(OBJECTIVE, RISK);
        AgainstStable learnt = trial;
        for (int i = 0; i < 600; i++) {
            learnt = learnt.learning(scrape(0, 0, i % 40 < 2 ? 9 : 0, 90));
        }
        assertThat(learnt.seen()).isEqualTo(Scrape.NOTHING);
        assertThat(learnt.relative().ofHealth()).isEqualTo(trial.relative().ofHealth());

        for (int i = 0; i < 2; i++) {
            trial = trial.plus(scrape(3, 10, 0, 90));
            learnt = learnt.plus(scrape(3, 10, 0, 90));
        }

        assertThat(trial.failed()).isTrue();
        assertThat(learnt.verdict("errors").word()).isEqualTo("INCONCLUSIVE");
    }

    @Test
    void aStableWhoseErrorsAreIndependentTeachesNothing() {
        Traffic traffic = new Traffic(Service.healthy(1000, 0.1, 0.005), Service.Trouble.NONE, 3);
        AgainstStable learnt = AgainstStable.ramp(OBJECTIVE, RISK);
        for (int i = 0; i < 1_000; i++) {
            learnt = learnt.learning(traffic.next());
        }

        Scrape bad = scrape(40, 400, 10, 4_000);
        assertThat(learnt.plus(bad).relative().ofHealth().log())
                .isCloseTo(
                        AgainstStable.ramp(OBJECTIVE, RISK)
                                .plus(bad)
                                .relative()
                                .ofHealth()
                                .log(),
                        within(0.5));
    }

    private static Spread spread(Service.Trouble trouble) {
        Traffic traffic = new Traffic(Service.healthy(100, 0.1, 0.005), trouble, 7);
        Spread spread = Spread.OF_A_SOAK;
        for (int i = 0; i < 20_000; i++) {
            spread = spread.plus(traffic.next());
        }
        return spread;
    }

    private static Scrape minute(long bad, long total) {
        return new Scrape(Duration.ofMinutes(1), new Events(bad, total), Events.NONE);
    }

    private static Scrape scrape(long bad, long total, long stableBad, long stableTotal) {
        return new Scrape(Duration.ofSeconds(5), new Events(bad, total), new Events(stableBad, stableTotal));
    }
}
