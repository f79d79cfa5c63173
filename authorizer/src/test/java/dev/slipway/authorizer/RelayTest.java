package dev.slipway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelayTest {
    private static final long PATIENCE_MINUTES = 5;

    @TempDir
    private Path folder;

    private PatientTemporal temporal;
    private Frontend frontend;

    @BeforeEach
    void begin() throws Exception {
        temporal = new PatientTemporal();
        frontend = new Frontend(folder, temporal.channel());
    }

    @AfterEach
    void end() {
        frontend.close();
        temporal.close();
    }

    @Test
    void whatACallerSaysOfItselfGoesOnAndWhatWouldGiveItRightsDoesNot() {
        Metadata headers = new Metadata();
        headers.put(key("authorization"), "Bearer of somebody else");
        headers.put(key("temporal-namespace"), "payroll");
        headers.put(key("caller-type"), "system");
        headers.put(key("client-name"), "temporal-java");
        ManagedChannel starter = frontend.channel("starter");

        var unused = WorkflowServiceGrpc.newBlockingStub(starter)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .describeNamespace(DescribeNamespaceRequest.newBuilder()
                        .setNamespace("default")
                        .build());
        starter.shutdownNow();

        assertThat(temporal.header("client-name")).isEqualTo("temporal-java");
        assertThat(temporal.header("temporal-namespace")).isEqualTo("default");
        assertThat(temporal.headers()).doesNotContain("authorization", "caller-type");
    }

    @Test
    void aPollThatItsCallerGivesUpIsGivenUpAtTemporal() throws Exception {
        ManagedChannel worker = frontend.channel("worker-development");
        ListenableFuture<PollActivityTaskQueueResponse> poll = poll(worker);
        assertThat(temporal.polled.await(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();

        poll.cancel(true);

        assertThat(temporal.givenUp.await(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();
        worker.shutdownNow();
    }

    @Test
    void anAuthorizerThatStopsLetsThePollsOnItRunOutAndTakesNobodyNew() throws Exception {
        ManagedChannel worker = frontend.channel("worker-development");
        ListenableFuture<PollActivityTaskQueueResponse> poll = poll(worker);
        assertThat(temporal.polled.await(PATIENCE_MINUTES, TimeUnit.MINUTES)).isTrue();

        Thread stopping = new Thread(frontend::stop);
        stopping.start();
        frontend.awaitStopping();
        assertThatThrownBy(() -> poll(frontend.channel("worker-production")).get())
                .hasMessageContaining("UNAVAILABLE");
        temporal.answer(PollActivityTaskQueueResponse.newBuilder()
                .setTaskToken(ByteString.copyFromUtf8("a task"))
                .build());

        assertThat(poll.get(PATIENCE_MINUTES, TimeUnit.MINUTES).getTaskToken().isEmpty())
                .isFalse();
        worker.shutdown();
        stopping.join(TimeUnit.MINUTES.toMillis(PATIENCE_MINUTES));
        assertThat(stopping.isAlive()).isFalse();
    }

    private static ListenableFuture<PollActivityTaskQueueResponse> poll(ManagedChannel worker) {
        return WorkflowServiceGrpc.newFutureStub(worker)
                .pollActivityTaskQueue(PollActivityTaskQueueRequest.newBuilder()
                        .setNamespace("default")
                        .setTaskQueue(TaskQueue.newBuilder().setName("slipway-development"))
                        .build());
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }
}
