package dev.slipway.pipeline;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Against;
import dev.slipway.model.Analysis;
import dev.slipway.model.Gate;
import dev.slipway.model.ImagePlan;
import dev.slipway.model.LoadPlan;
import dev.slipway.model.Objective;
import dev.slipway.model.Owner;
import dev.slipway.model.Ramp;
import dev.slipway.model.ReleasePlan;
import dev.slipway.model.Risk;
import dev.slipway.model.Rollout;
import dev.slipway.model.Rule;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Slo;
import dev.slipway.model.StagePlan;
import dev.slipway.model.TrafficPlan;
import dev.slipway.model.Weight;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Slo ERRORS = errors("99.9%");
    private static final Slo LATENCY =
            new Slo.Latency("latency", "vllm:e2e_request_latency_seconds", 2.5, Objective.parse("95%"));
    private static final Slo QUEUE =
            new Slo.Gauge("queue", "vllm:num_requests_waiting", Slo.Direction.BELOW, 20, Slo.OnBreach.HOLD);

    @Test
    void theFullExampleBecomesThePlanWithAllDefaultsWrittenOut() {
        Checked<ReleasePlan> plan = Platform.read(Platform.example())
                .then(pipeline -> pipeline.toPlan(Platform.ENVIRONMENTS, Policy.DEFAULT));

        assertThat(plan.problems()).isEmpty();
        assertThat(plan.orElseThrow())
                .isEqualTo(new ReleasePlan(
                        ReleasePlan.SEMANTICS,
                        new ServiceName("llama-3-8b"),
                        new Owner("ml-infrastructure", "#llm-releases", "llm-serving"),
                        "llama-3-8b",
                        new ImagePlan("registry.example.com/vllm-openai", "server.image"),
                        Optional.of(new TrafficPlan("llama-3-8b-route")),
                        List.of(development(), staging(), production())));
    }

    @Test
    void anUndoRunsHooksOnlyWhenTheFileSaysSo() {
        String example = Platform.example();
        String saying = example.replaceFirst("(?m)^helm:.*\\n", "")
                .replaceFirst("(?m)^artifacts:", "helm: { undoHooks: true }\nartifacts:");
        assertThat(Platform.read(example).orElseThrow().undoHooks()).isFalse();
        assertThat(Platform.read(saying).orElseThrow().undoHooks()).isTrue();
    }

    @Test
    void aRuleAnOpponentAndARiskAreReadAsTheyAreWritten() {
        Pipeline pipeline = Platform.read(with("risk: { alpha: 0.01, beta: 0.1 }", """
                against: objective, rule: { consecutive: { every: 30s, limit: 3 } }, atLeast: 1m""", "burnRate: {}"))
                .orElseThrow();

        Rollout.Canary canary = (Rollout.Canary) pipeline.stages().get(1).rollout();
        Gate.Soak soak = (Gate.Soak) pipeline.stages().get(1).after().get(0);
        assertThat(pipeline.risk()).isEqualTo(new Risk(0.01, 0.1));
        assertThat(canary.ramps().get(0).analyze().against()).isEqualTo(Against.OBJECTIVE);
        assertThat(canary.ramps().get(0).analyze().rule()).isEqualTo(new Rule.Consecutive(ofSeconds(30), 3, 5));
        assertThat(soak.rule()).isEqualTo(new Rule.BurnRate());
    }

    @Test
    void aBudgetThatCannotBurnSoFastIsRefusedBeforeItWouldNeverFail() {
        String loose = with("risk: {}", "atLeast: 1m", "burnRate: {}").replace("objective: 99%", "objective: 93%");

        assertThat(Platform.problems(loose))
                .containsExactly("release.yaml:27:40: the budget of 'errors' (93%) cannot burn 14.4 times too fast;"
                        + " leave out 'rule', or use an objective of more than 93.1%");
    }

    @Test
    void evidenceThatIsRequiredHasItsDefaults() {
        String gate = "- approve: { group: deployers, votes: 1 }";
        String yaml = Platform.resource("base.yaml");
        assertThat(yaml).contains(gate);

        assertThat(before(yaml.replace(gate, "- require: { evidence: [unit-tests] }\n      " + gate)))
                .isEqualTo(new Gate.Require(
                        "require", List.of("unit-tests"), Optional.empty(), Optional.empty(), ofHours(72)));
        assertThat(before(yaml.replace(
                        gate,
                        "- require: { evidence: [a, b], maxAge: 7d, group: ci, within: 4h, name: tests }\n      "
                                + gate)))
                .isEqualTo(new Gate.Require(
                        "tests", List.of("a", "b"), Optional.of(ofDays(7)), Optional.of("ci"), ofHours(4)));
    }

    private static Gate before(String yaml) {
        return Platform.read(yaml).orElseThrow().stages().stream()
                .flatMap(stage -> stage.before().stream())
                .findFirst()
                .orElseThrow();
    }

    private static String with(String risk, String analyze, String soakRule) {
        return Platform.resource("base.yaml")
                .replace("owner:", risk + "\nowner:")
                .replace("atLeast: 1m", analyze)
                .replace("healthyFor: 10m,", "healthyFor: 10m, rule: { " + soakRule + " },");
    }

    private static StagePlan development() {
        return new StagePlan(
                Platform.DEVELOPMENT,
                List.of("values/values.yaml", "values/environments/development.yaml"),
                List.of(),
                new Rollout.Rolling(),
                List.of(
                        health("check", 200),
                        new Gate.Soak("soak", ofMinutes(10), ofHours(1), List.of(errors("99%")), 100)));
    }

    private static StagePlan staging() {
        Gate answers = new Gate.HttpCheck(
                "answers",
                "POST",
                "/v1/completions",
                Optional.of("{\"prompt\":\"hi\"}"),
                200,
                Optional.of("text"),
                ofMinutes(2));
        return new StagePlan(
                Platform.STAGING,
                List.of("values/values.yaml"),
                List.of(),
                new Rollout.Rolling(),
                List.of(
                        answers,
                        new Gate.Soak(
                                "soak",
                                ofDays(1),
                                ofDays(2),
                                List.of(ERRORS, LATENCY),
                                Rule.DEFAULT,
                                50,
                                Optional.of(new LoadPlan("llama-3-8b-load-test")))));
    }

    private static StagePlan production() {
        Analysis common = new Analysis(List.of(ERRORS, LATENCY, QUEUE), ofMinutes(3), ofMinutes(10), ofMinutes(33), 50);
        Analysis last = new Analysis(List.of(ERRORS), ofMinutes(0), ofMinutes(20), ofMinutes(60), 1000);
        Gate.Approve second = new Gate.Approve("approve-2", "deployment-team", 1, ofHours(4));
        return new StagePlan(
                Platform.PRODUCTION,
                List.of(),
                List.of(new Gate.Approve("approve", "deployment-team", 2, ofHours(72))),
                new Rollout.Canary(
                        List.of(health("check", 204)),
                        List.of(
                                new Ramp(new Weight(5), common, Optional.empty()),
                                new Ramp(new Weight(25), common, Optional.of(second)),
                                new Ramp(Weight.ALL, last, Optional.empty())),
                        ofMinutes(10)),
                List.of(new Gate.Soak("soak", ofHours(1), ofHours(2), List.of(QUEUE), 0)));
    }

    private static Gate health(String name, int status) {
        return new Gate.HttpCheck(name, "GET", "/health", Optional.empty(), status, Optional.empty(), ofSeconds(30));
    }

    private static Slo errors(String objective) {
        return new Slo.Ratio(
                "errors", "http_requests_total{status=~\"5..\"}", "http_requests_total", Objective.parse(objective));
    }
}
