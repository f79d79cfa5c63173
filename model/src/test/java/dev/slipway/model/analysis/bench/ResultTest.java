package dev.slipway.model.analysis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.analysis.sequential.Rate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The comparison must give everybody the same budget of false alarms, ours included. */
class ResultTest {
    @Test
    void oursIsComparedAtItsFastestAlphaThatKeepsTheBudget() {
        Result result = new Result(
                List.of(row("alpha 0.5", 2, 5), row("alpha 0.2", 1, 10), row("alpha 0.01", 0, 20)),
                List.of(),
                Map.of("Argo, best", List.of(row("fast", 2, 1), row("slow", 1, 35), row("slower", 0, 90))));

        Advantage advantage = result.advantage(0.05).orElseThrow();

        assertThat(advantage.factor()).isEqualTo(3.5);
        assertThat(advantage.words(4))
                .isEqualTo(" 5 % bad: 10 s (Slipway, best: alpha 0.2; 1.0 %) against 35 s (Argo, best: slow; 1.0 %):"
                        + " 3.5 times, 4 wanted: NOT MET");
        assertThat(advantage.words(3.5)).endsWith(": met");
    }

    @Test
    void theFastestOfTheOtherToolsIsTheOneToBeat() {
        Result result = new Result(
                List.of(row("alpha 0.01", 0, 10)),
                List.of(row("documented", 0, 1)),
                Map.of("Argo, best", List.of(row("a", 0, 50)), "Kayenta, best", List.of(row("k", 0, 40))));

        assertThat(result.advantage(0.05).orElseThrow().theirs().name()).isEqualTo("Kayenta, best");
    }

    @Test
    void whoAlarmsEveryDayIsNotCompared() {
        Result result = new Result(
                List.of(row("alpha 0.01", 0, 10)), List.of(), Map.of("Argo, best", List.of(row("fast", 100, 1))));

        assertThat(result.advantage(0.05)).isEmpty();
    }

    private static Contender row(String setting, int alarms, double delay) {
        return new Contender("rule", setting, new Rate(alarms, 100), Map.of(0.05, delay));
    }
}
