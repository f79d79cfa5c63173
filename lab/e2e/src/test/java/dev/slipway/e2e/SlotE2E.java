package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotE2E {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void aFullQueueIsServedInOrderUntilOneSupersedesAllWhoAreAhead() {
        StandIn before = StandIn.built("1.0.0");
        StandIn holder = StandIn.built("1.1.0");
        StandIn second = StandIn.built("1.6.0", "LATENCY=7ms");
        StandIn third = StandIn.built("1.7.0", "LATENCY=8ms");
        StandIn last = StandIn.built("1.8.0", "LATENCY=9ms");
        String stages = Stages.rolling("development", Stages.approve());
        try (Service service = Service.named("queue", stages)) {
            service.baseline("development", before);
            Shell.Running holding = Cli.ci().start(service.releaseArguments(holder));
            awaitView(service, holder, "has the slot", view -> phase(view).equals("WAITING"));
            Shell.Running[] queued = {
                queued(service, second, "1st in line after " + service.release("1.1.0")),
                queued(service, third, "2nd in line after " + service.release("1.6.0"))
            };

            Cli.approver().run("approve", service.release("1.1.0"));
            awaitView(service, second, "is next", view -> phase(view).equals("WAITING"));
            JsonNode moved = awaitView(
                    service,
                    third,
                    "has moved up",
                    view -> reason(view).equals("1st in line after " + service.release("1.6.0")));
            Shell.Running superseding = Cli.ci().start(service.releaseArguments(last, "--supersede"));
            Shell.Result first = holding.await();
            Shell.Result[] dropped = {queued[0].await(), queued[1].await()};
            awaitView(service, last, "is in", view -> phase(view).equals("WAITING"));
            Cli.approver().run("approve", service.release("1.8.0"));
            Shell.Result newest = superseding.await();

            assertThat(first.exit()).as("%s", first).isZero();
            assertThat(moved.path("waitingFor").asText()).isEqualTo("slot " + service.name() + ":development");
            for (Shell.Result one : dropped) {
                assertThat(one.exit()).as("%s", one).isEqualTo(16);
                assertThat(Cli.json(one).path("reason").asText())
                        .isEqualTo("superseded by " + service.release("1.8.0"));
            }
            assertThat(newest.exit()).as("%s", newest).isZero();
            assertThat(service.imageOf("development", service.name())).contains(last.digest());
            assertThat(service.helmHistory("development", service.name()).toString())
                    .contains("undo-to=2")
                    .doesNotContain("1.7.0");
        }
    }

    @Test
    void aHolderThatIsTerminatedInTemporalLetsTheNextOneInAfterItsUndo() {
        StandIn before = StandIn.built("1.0.0");
        StandIn holder = StandIn.built("1.1.0");
        StandIn next = StandIn.built("1.6.0", "LATENCY=7ms");
        String stages = Stages.rolling("development", Stages.approve());
        try (Service service = Service.named("freed", stages)) {
            service.baseline("development", before);
            Cli.ci().run(service.releaseArguments(holder, "--detach"));
            awaitView(service, holder, "has the slot", view -> phase(view).equals("WAITING"));
            Shell.Running releasing = queued(service, next, "1st in line after " + service.release("1.1.0"));

            Shell.of(
                            "temporal",
                            "workflow",
                            "terminate",
                            "--workflow-id",
                            service.release("1.1.0"),
                            "--reason",
                            "the end-to-end test")
                    .must();
            awaitView(service, next, "has the slot", view -> phase(view).equals("WAITING"));
            Cli.approver().run("approve", service.release("1.6.0"));
            Shell.Result released = releasing.await();

            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(service.imageOf("development", service.name())).contains(next.digest());
            // the baseline, the holder, its undo, the next one
            assertThat(service.helmHistory("development", service.name())).hasSize(4);
        }
    }

    private static Shell.Running queued(Service service, StandIn image, String place) {
        Shell.Running releasing = Cli.ci().start(service.releaseArguments(image));
        awaitView(service, image, place, view -> reason(view).startsWith(place));
        return releasing;
    }

    private static JsonNode awaitView(
            Service service, StandIn image, String what, java.util.function.Predicate<JsonNode> looks) {
        JsonNode[] last = new JsonNode[1];
        Eventually.holds(image.version() + " " + what, SOON, () -> {
            Shell.Result shown = Cli.ci().run("get", service.release(image.version()), "-o", "json");
            last[0] = shown.exit() == 0 ? Cli.json(shown) : null;
            return last[0] != null && looks.test(last[0]);
        });
        return last[0];
    }

    private static String phase(JsonNode view) {
        return view.path("phase").asText();
    }

    private static String reason(JsonNode view) {
        return view.path("reason").asText();
    }
}
