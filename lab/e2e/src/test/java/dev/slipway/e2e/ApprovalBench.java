package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.testing.NextActivity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How soon a release goes on when somebody hands in a modal in Slack: make bench. It measures, and insists on results only. */
class ApprovalBench {
    private static final int GATES = Integer.getInteger("slipway.bench.gates", 10);
    private static final int RELEASES = Integer.getInteger("slipway.bench.approved", 4);

    private final Figures figures = new Figures();
    private final List<Double> resumed = new ArrayList<>();
    private final List<Double> answered = new ArrayList<>();

    @Test
    void aModalThatIsHandedInStartsTheNextActivity() throws IOException {
        StandIn good = StandIn.built("1.1.0");
        WorkflowServiceStubs temporal = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(Lab.need("TEMPORAL_ADDRESS"))
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                temporal,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.converter())
                        .build());
        try {
            for (int i = 0; i < RELEASES; i++) {
                approved(good, client);
            }
        } finally {
            temporal.shutdown();
        }
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        String what = "modal handed in to next activity started, lab, load average " + load;
        figures.add("B6.lab.p50", what + ", p50", "ms", resumed);
        figures.add("B6.lab.p95", what + ", p95", "ms", resumed, 95);
        figures.add("B6.lab.answer", "modal handed in to Slack answered, lab, p95", "ms", answered, 95);
        figures.print();
        figures.write("approvals-lab.json");
    }

    private void approved(StandIn good, WorkflowClient client) {
        String gates = String.join(", ", Collections.nCopies(GATES, Stages.approve() + ", " + Stages.CHECK))
                .replace("name: completion, ", "");
        try (Service service = Service.named("click", Stages.rolling("development", gates))) {
            String release = service.release("1.1.0");
            Shell.Result started = Cli.ci().run(service.releaseArguments(good, "--detach"));
            assertThat(started.exit()).as("%s", started).isZero();
            List<Workspace.Answer> answers = new ArrayList<>();
            for (int gate = 1; gate <= GATES; gate++) {
                answers.add(handedIn(release, "development/approve" + (gate == 1 ? "" : "-" + gate)));
            }
            Cli.ci().awaitOutcome(release, "PROMOTED", Duration.ofMinutes(2));
            List<Instant> next = NextActivity.afterEachUpdate(
                    client.fetchHistory(service.name() + ":development").getEvents(), "Check_Http");
            for (int i = 0; i < GATES; i++) {
                resumed.add((double) next.get(i).toEpochMilli() - answers.get(i).at());
                answered.add((double) answers.get(i).millis());
            }
        }
    }

    private static Workspace.Answer handedIn(String release, String gate) {
        JsonNode ask = Workspace.asked(release, gate);
        Workspace.Answer answer = Workspace.submit(Workspace.ANN, Workspace.modal(Workspace.ANN, ask), "");
        assertThat(answer.body()).as("%s", answer).isEmpty();
        return answer;
    }
}
