package dev.slipway.model.analysis.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Objective;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules that other tools have, for those who ask for them. */
class ClassicTest {
    private static final Objective OBJECTIVE = Objective.parse("99%");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void consecutiveFailsOnBadLooksInARow() {
        Trial trial = looks(Consecutive.begin(OBJECTIVE, MINUTE, 3, 100), "bbgbb");
        assertThat(trial.verdict("errors").word()).isEqualTo("INCONCLUSIVE");

        assertThat(looks(trial, "b").verdict("errors").reason())
                .isEqualTo("errors 1.7 % of 600 with 1 % allowed: 3 of 3 bad looks in a row, 1 of 100 good ones");
        assertThat(looks(trial, "b").failed()).isTrue();
    }

    @Test
    void aLookWithoutRequestsInterruptsNoRow() {
        assertThat(looks(Consecutive.begin(OBJECTIVE, MINUTE, 3, 100), "bb-b").failed())
                .isTrue();
    }

    @Test
    void failureLimitCountsAllBadLooks() {
        Trial trial = looks(FailureLimit.begin(OBJECTIVE, MINUTE, 2, 100), "bgggb-ggg");
        assertThat(trial.failed()).isFalse();

        assertThat(looks(trial, "gb").failed()).isTrue();
    }

    @Test
    void enoughGoodLooksPass() {
        assertThat(looks(FailureLimit.begin(OBJECTIVE, MINUTE, 0, 3), "gg-g").passed())
                .isTrue();
        assertThat(looks(Consecutive.begin(OBJECTIVE, MINUTE, 1, 3), "gg").passed())
                .isFalse();
    }

    @Test
    void aLookIsAsLongAsItsIntervalHoweverOftenIsScraped() {
        Trial trial = FailureLimit.begin(OBJECTIVE, MINUTE, 0, 100);
        for (int i = 0; i < 11; i++) {
            trial = trial.plus(new Scrape(Duration.ofSeconds(5), new Events(i == 3 ? 1 : 0, 10), Events.NONE));
        }
        assertThat(trial.failed()).isFalse();

        assertThat(trial.plus(new Scrape(Duration.ofSeconds(5), new Events(1, 10), Events.NONE))
                        .failed())
                .isTrue();
    }

    @Test
    void aBudgetThatBurnsFastInBothWindowsFails() {
        Trial trial = BurnRate.begin(OBJECTIVE, List.of(BurnWindow.of(14.4, Duration.ofHours(1))));
        trial = minutes(trial, 120, 5);
        assertThat(trial.failed()).isFalse();

        trial = minutes(trial, 13, 600);
        assertThat(trial.failed()).isFalse();
        trial = minutes(trial, 4, 600);

        assertThat(trial.failed()).isTrue();
        assertThat(trial.verdict("errors").reason()).contains(" in 60 min (limit 14 times)");
    }

    @Test
    void whatIsOverBurnsNoMore() {
        BurnWindow window = BurnWindow.of(6, Duration.ofHours(6));
        for (int i = 0; i < 360; i++) {
            window = window.plus(minute(i < 339 ? 0 : 1_000));
        }
        for (int i = 0; i < 30; i++) {
            window = window.plus(minute(50));
        }

        assertThat(window.longWindow().share()).isGreaterThan(0.06);
        assertThat(window.burns(OBJECTIVE.allowedBad())).isFalse();
    }

    @Test
    void aBurnThatCannotHappenIsRefused() {
        assertThatThrownBy(() -> BurnRate.paging(Objective.parse("90%")))
                .hasMessage("an objective of 90% cannot burn 14.4 times as fast");
        assertThatThrownBy(() -> BurnWindow.of(1, MINUTE)).hasMessageContaining("no window");
        assertThatThrownBy(() -> Consecutive.begin(OBJECTIVE, MINUTE, 0, 1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> FailureLimit.begin(OBJECTIVE, Duration.ZERO, 0, 1))
                .hasMessageContaining("cannot look every");
    }

    private static Trial minutes(Trial start, int minutes, long bad) {
        Trial trial = start;
        for (int i = 0; i < minutes; i++) {
            trial = trial.plus(minute(bad));
        }
        return trial;
    }

    private static Scrape minute(long bad) {
        return new Scrape(MINUTE, new Events(bad, 1_000), Events.NONE);
    }

    /** One scrape per letter: b is a bad minute, g a good one, - one without requests. */
    private static Trial looks(Trial start, String minutes) {
        Trial trial = start;
        for (char minute : minutes.toCharArray()) {
            Events events = minute == '-' ? Events.NONE : new Events(minute == 'b' ? 2 : 0, 100);
            trial = trial.plus(new Scrape(MINUTE, events, Events.NONE));
        }
        return trial;
    }
}
