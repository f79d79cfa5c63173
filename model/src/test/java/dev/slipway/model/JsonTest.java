package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is frozen into a workflow today must be read by the build of tomorrow: the JSON is a format. */
class JsonTest {
    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModules(new Jdk8Module(), new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);

    @Test
    void aPlanSurvivesTheJourney() throws Exception {
        Slo errors = new Slo.Ratio("errors", "bad{a=\"b\"}", "total", Objective.parse("99.9%"));
        Analysis analysis = new Analysis(
                List.of(errors), Duration.ofMinutes(3), Duration.ofMinutes(10), Duration.ofMinutes(45), 50);
        Gate approve = new Gate.Approve("approve", "deployers", 2, Duration.ofHours(72));
        ReleasePlan plan = new ReleasePlan(
                ReleasePlan.SEMANTICS,
                new ServiceName("llama-3-8b"),
                new Owner("ml", "#llm", ""),
                "llama-3-8b",
                new ImagePlan("registry/vllm", "image"),
                Optional.of(new TrafficPlan("llama-3-8b")),
                List.of(new StagePlan(
                        new Environment(
                                new EnvironmentName("production"),
                                true,
                                "production",
                                Duration.ofMinutes(20),
                                50,
                                Duration.ofMinutes(10)),
                        List.of("values/values.yaml"),
                        List.of(approve),
                        new Rollout.Canary(
                                List.of(),
                                List.of(new Ramp(new Weight(5), analysis, Optional.empty())),
                                Duration.ofMinutes(10)),
                        List.of(new Gate.Soak(
                                "soak",
                                Duration.ofHours(24),
                                Duration.ofHours(48),
                                List.of(errors),
                                Rule.DEFAULT,
                                10000,
                                Optional.of(new LoadPlan("load-test")))))));

        String written = JSON.writeValueAsString(plan);

        assertThat(JSON.readValue(written, ReleasePlan.class)).isEqualTo(plan);
        assertThat(written)
                .contains(
                        "\"service\":\"llama-3-8b\"",
                        "\"kind\":\"canary\"",
                        "\"to\":5",
                        "\"objective\":\"99.9%\"",
                        "\"within\":\"PT72H\"",
                        "\"protected\":true");
    }

    @Test
    void aSoakThatWasWrittenBeforeThereWasLoadHasNone() throws Exception {
        String written =
                "{\"kind\":\"soak\",\"name\":\"soak\",\"healthyFor\":60,\"atMost\":120,\"slos\":[],\"minRequests\":5}";

        assertThat(JSON.readValue(written, Gate.class))
                .isEqualTo(new Gate.Soak("soak", Duration.ofMinutes(1), Duration.ofMinutes(2), List.of(), 5));
    }

    @Test
    void anOutcomeIsReadBackAsItself() throws Exception {
        Outcome outcome = new Outcome.RolledBack(new EnvironmentName("production"), "errors");

        String written = JSON.writeValueAsString(outcome);

        assertThat(JSON.readValue(written, Outcome.class)).isEqualTo(outcome);
        assertThat(written).contains("\"outcome\":\"ROLLED_BACK\"");
    }

    @Test
    void idsReadAsTheyAreWritten() {
        assertThat(ReleaseId.parse("podinfo@6.9.2")).hasToString("podinfo@6.9.2");
        assertThat(SlotId.parse("podinfo:production")).hasToString("podinfo:production");
        assertThatThrownBy(() -> ReleaseId.parse("podinfo")).hasMessage("'podinfo' is not SERVICE@VERSION");
        assertThatThrownBy(() -> new ServiceName("-x")).hasMessageContaining("is not a service name");
    }
}
