package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.encryption.Encryption;
import dev.slipway.encryption.KeyFiles;
import dev.slipway.encryption.UnreadablePayloadException;
import dev.slipway.model.Authors;
import dev.slipway.model.Digests;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowExecutionMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTest {
    @TempDir
    Path folder;

    /** One of which the submission is encrypted, as a starter with these keys sees it. */
    private WorkflowExecutionMetadata seenBy(Encryption reader) {
        Submission submission = new Submission(
                3,
                "ci",
                new Digests(Api.image("a"), Api.image("b"), Api.image("c"), Api.image("d")),
                List.of(),
                Map.of(),
                Authors.NONE);
        Encryption writer =
                new KeyFiles(folder.resolve("writer")).make("2026-11").active("2026-11");
        return new WorkflowExecutionMetadata(
                WorkflowExecutionInfo.newBuilder()
                        .setExecution(WorkflowExecution.newBuilder()
                                .setWorkflowId("podinfo@1.0.0")
                                .setRunId("run"))
                        .setMemo(Memo.newBuilder()
                                .putFields(
                                        Submission.MEMO,
                                        writer.converter().toPayload(submission).orElseThrow()))
                        .build(),
                reader.converter());
    }

    @Test
    void aReleaseThatCannotBeDecryptedHidesNoOtherInAList() {
        Run run = Run.listed(seenBy(Encryption.NONE));

        assertThat(run.release()).hasToString("podinfo@1.0.0");
        assertThat(run.submission()).isEmpty();
    }

    /** Its attempt would be counted as the first, and whoever may not decide would be asked. */
    @Test
    void aloneItIsNotTakenForOneThatNobodySubmitted() {
        assertThatThrownBy(() -> Run.of(seenBy(Encryption.NONE)))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("'2026-11'");
    }
}
