package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GoodReleaseE2E {

    @Test
    void aGoodVersionGoesThroughAllThreeEnvironmentsUnderLoad() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.rolling("development", Stages.CHECK)
                + Stages.rolling("staging", Stages.soak("5s", 0))
                + Stages.canary("production", Stages.approve(), "5%, 25%, 50%", Stages.soak("8s", 50));
        try (Service service = Service.named("good", stages)) {
            service.baseline("production", before);
            Load load = Load.begin(service.host("production"), 50);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Cli.ci().awaitPhase(service.release("1.1.0"), "WAITING", Duration.ofMinutes(5));

            Shell.Result approval =
                    Cli.approver2().run("approve", service.release("1.1.0"), "--gate", "production/approve");
            Shell.Result released = releasing.await();
            JsonNode counted = load.end();

            assertThat(approval.exit()).as("%s", approval).isZero();
            assertThat(released.exit()).as("%s", released).isZero();
            JsonNode view = Cli.json(released);
            assertThat(view.path("outcome").asText()).isEqualTo("PROMOTED");
            for (int ramp : new int[] {5, 25, 50}) {
                Load.Share share = load.share(
                        "1.1.0",
                        moment(view, "ramp " + ramp + "%", "startedAt"),
                        moment(view, "ramp " + ramp + "%", "endedAt"));
                System.out.printf("ramp %d%%: %.1f%% of %d requests%n", ramp, share.percent(), share.all());
                assertThat(share.percent())
                        .as("share of %s at %d%%", share, ramp)
                        .isCloseTo(ramp, within(share.tolerance(ramp) + 2));
            }
            assertThat(counted.path("failed").asLong()).as("%s", counted).isZero();
            assertThat(service.imageOf("production", service.name())).contains(good.digest());
            assertThat(service.imageOf("production", service.name() + "-canary"))
                    .isEmpty();
            assertThat(service.backends("production"))
                    .startsWith(service.name() + "=")
                    .doesNotContain("canary");
            JsonNode story = service.helmHistory("production", service.name());
            assertThat(story).hasSize(2);
            assertThat(story.get(1).path("description").asText()).contains(service.release("1.1.0"));
        }
    }

    private static Instant moment(JsonNode view, String step, String which) {
        for (JsonNode stage : view.path("stages")) {
            for (JsonNode each : stage.path("steps")) {
                if (each.path("name").asText().equals(step)) {
                    return Instant.parse(each.path(which).asText());
                }
            }
        }
        throw new AssertionError("no step " + step + " in " + view);
    }
}
