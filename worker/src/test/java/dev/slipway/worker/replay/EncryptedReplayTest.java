package dev.slipway.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.encryption.Encryption;
import dev.slipway.encryption.KeyFiles;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptedReplayTest {
    @TempDir
    Path folder;

    private KeyFiles keys;
    private Scenario slipway;

    @BeforeEach
    void anEncryptedRelease() {
        keys = new KeyFiles(folder).make("2026-11");
        slipway = Scenario.converting(keys.active("2026-11").converter(), "production");
        slipway.cluster.running("production", "podinfo", "1.0.0");
        ReleaseOrder order = slipway.start("2.0.0", Plans.canary("production", List.of(Plans.approve(1)), 5, 50));
        slipway.awaitPhase(order, "production", "WAITING");
    }

    @AfterEach
    void close() {
        slipway.close();
    }

    @Test
    void anEncryptedHistoryReplaysWithTheKeyAlsoWhenItIsNotTheActiveOne() {
        WorkflowExecutionHistory history = slipway.history("podinfo:production");

        assertThat(history.toJson(false)).contains(encoded("binary/encrypted"));
        assertThat(problem(keys.passive(), history)).isEmpty();
        assertThat(problem(keys.make("2027-01").active("2027-01"), history)).isEmpty();
    }

    /** So an administrator learns before the worker is replaced, and before an old key is thrown away. */
    @Test
    void withoutTheKeyTheReportNamesIt() {
        WorkflowExecutionHistory history = slipway.history("podinfo:production");

        assertThat(problem(Encryption.NONE, history).orElseThrow())
                .contains("encrypted with the key '2026-11'", "set slipway.encryption.keys")
                .doesNotContain("\n");
    }

    private Optional<String> problem(Encryption encryption, WorkflowExecutionHistory history) {
        WorkflowClient client = WorkflowClient.newInstance(
                slipway.client().getWorkflowServiceStubs(),
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(encryption.converter())
                        .build());
        try (Replay replay = new Replay(client)) {
            return replay.problem(history);
        }
    }

    private static String encoded(String text) {
        return java.util.Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
