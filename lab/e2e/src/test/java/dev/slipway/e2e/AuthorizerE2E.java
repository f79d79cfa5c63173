package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.connection.Access;
import dev.slipway.connection.Connection;
import dev.slipway.connection.Tls;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** All of Slipway behind its authorizer, each process with a certificate of its own; docs/temporal.md. */
class AuthorizerE2E {
    private static final String STAGES = Stages.canary("production", Stages.approve(), "50%", Stages.soak("8s", 50));
    private static final String AUTHORIZED = "SLIPWAY_AUTHORIZED";
    private static final int PORT_BESIDE_THE_STARTERS = 9;

    @BeforeAll
    static void authorized() {
        Program.allRestarted(AUTHORIZED, "1");
    }

    /** With the lab as the other tests want it. */
    @AfterAll
    static void asBefore() {
        Program.allRestarted(AUTHORIZED, System.getenv().getOrDefault(AUTHORIZED, ""));
    }

    @Test
    void aReleaseIsPromotedWhileWhoIsForSomethingElseTakesNothingAndTellsNothing() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("guarded", STAGES)) {
            String release = service.release("1.1.0");
            String stage = service.name() + ":production";
            service.baseline("production", before);
            Cli.ci().run(service.releaseArguments(good, "--detach"));
            Cli.ci().awaitPhase(release, "WAITING", Duration.ofMinutes(2));

            Shell.Result looked = as("viewer", "workflow", "describe", "--workflow-id", stage);
            Shell.Result signalled = as("viewer", "workflow", "signal", "--workflow-id", stage, "--name", "decide");
            Shell.Result ended = as("worker-development", "workflow", "terminate", "--workflow-id", stage);
            Shell.Result read = as("worker-development", "workflow", "show", "--workflow-id", stage);

            assertThat(looked.exit()).as("%s", looked).isZero();
            assertThat(signalled.err()).contains("viewer may not call SignalWorkflowExecution");
            assertThat(ended.err()).contains("worker-development may not call TerminateWorkflowExecution");
            assertThat(read.err()).contains("worker-development may not call GetWorkflowExecutionHistory");
            assertThatThrownBy(() -> poll("worker-development", "slipway-production"))
                    .hasMessageContaining("worker-development takes no work from the task queue 'slipway-production'");

            Load load = Load.begin(service.host("production"), 50);
            Shell.Result approved = Cli.approver2().run("approve", release, "--reason", "seen");
            Cli.ci().awaitOutcome(release, "PROMOTED", Duration.ofMinutes(4));
            load.end();

            assertThat(approved.exit()).as("%s", approved).isZero();
            assertThat(service.imageOf("production", service.name())).contains(good.digest());
        }
    }

    /** Temporal's CLI with the certificate of one of them. */
    private static Shell.Result as(String caller, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of(
                "--address",
                address(),
                "--tls-ca-path",
                file("ca.crt"),
                "--tls-cert-path",
                file(caller + ".crt"),
                "--tls-key-path",
                file(caller + ".key"),
                "--tls-server-name",
                "authorizer"));
        return Lab.temporal(all.toArray(new String[0])).run();
    }

    private static void poll(String caller, String queue) {
        Tls tls = new Tls(true, file("ca.crt"), file(caller + ".crt"), file(caller + ".key"), "authorizer");
        WorkflowServiceStubs service = Connection.open(address(), new Access(tls, null), null);
        try {
            service.blockingStub()
                    .pollActivityTaskQueue(PollActivityTaskQueueRequest.newBuilder()
                            .setNamespace("default")
                            .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                            .build());
        } finally {
            service.shutdownNow();
        }
    }

    private static String address() {
        return "127.0.0.1:" + (URI.create(Lab.need("SLIPWAY_URL")).getPort() + PORT_BESIDE_THE_STARTERS);
    }

    private static String file(String name) {
        return Path.of(Lab.need("SLIPWAY_RUN"))
                .resolveSibling("callers")
                .resolve(name)
                .toString();
    }
}
