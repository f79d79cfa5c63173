package dev.slipway.worker;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The calls of the gate and of the gauges, on the real wire format: a namespace with search attributes, what is open, and failures on demand. */
final class FakeTemporal implements AutoCloseable {
    static final String NAMESPACE = "default";

    private final Map<String, IndexedValueType> attributes = new ConcurrentHashMap<>();
    private final Deque<Status> failures = new ArrayDeque<>();
    private final List<WorkflowExecutionInfo> open = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> pollers = new ConcurrentHashMap<>();
    private final List<String> named = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile boolean closed;
    private final Server server;
    private final ManagedChannel channel;

    FakeTemporal() throws IOException {
        String name = UUID.randomUUID().toString();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .intercept(new Heard())
                .addService(new Namespaces())
                .addService(new Operator())
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    ManagedChannel channel() {
        return channel;
    }

    void has(String attribute, IndexedValueType type) {
        attributes.put(attribute, type);
    }

    /** The next call fails so. */
    synchronized void fails(Status status) {
        failures.add(status);
    }

    private synchronized boolean failed(StreamObserver<?> answer) {
        if (failures.isEmpty()) {
            return false;
        }
        answer.onError(failures.remove().asRuntimeException());
        return true;
    }

    /** What each call said in its header about the namespace that it means. */
    List<String> named() {
        return named;
    }

    /** Lets nobody look at search attributes. */
    void closeSearchAttributes() {
        closed = true;
    }

    /** A client of it. */
    WorkflowClient client() {
        return WorkflowClient.newInstance(
                WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                        .setChannel(channel)
                        .setRpcRetryOptions(RpcRetryOptions.newBuilder()
                                .setMaximumAttempts(1)
                                .validateBuildWithDefaults())
                        .build()),
                WorkflowClientOptions.newBuilder().setNamespace(NAMESPACE).build());
    }

    /** A workflow is open, and its search attributes say this phase. */
    void runs(String type, String id, String phase) {
        WorkflowExecutionInfo.Builder workflow = WorkflowExecutionInfo.newBuilder()
                .setType(WorkflowType.newBuilder().setName(type))
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(id).setRunId("run"));
        if (!phase.isEmpty()) {
            workflow.getSearchAttributesBuilder()
                    .putIndexedFields(
                            "SlipwayPhase",
                            DefaultDataConverter.STANDARD_INSTANCE.toPayload(phase).orElseThrow().toBuilder()
                                    .putMetadata("type", ByteString.copyFromUtf8("Keyword"))
                                    .build());
        }
        open.add(workflow.build());
    }

    /** So many workers ask for a queue's work. */
    void polls(String queue, int workers) {
        pollers.put(queue, workers);
    }

    /** Nothing is open any more. */
    void ended() {
        open.clear();
    }

    /** Answers no question about what is open. */
    void away(boolean now) {
        away = now;
    }

    private final class Heard implements ServerInterceptor {
        private static final Metadata.Key<String> NAMED =
                Metadata.Key.of("temporal-namespace", Metadata.ASCII_STRING_MARSHALLER);

        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            named.add(call.getMethodDescriptor().getBareMethodName() + " " + headers.get(NAMED));
            return next.startCall(call, headers);
        }
    }

    private final class Namespaces extends WorkflowServiceGrpc.WorkflowServiceImplBase {
        @Override
        public void describeNamespace(
                DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
            if (failed(answer)) {
                return;
            }
            if (!request.getNamespace().equals(NAMESPACE)) {
                answer.onError(Status.NOT_FOUND.asRuntimeException());
                return;
            }
            answer.onNext(DescribeNamespaceResponse.getDefaultInstance());
            answer.onCompleted();
        }

        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
            answer.onNext(GetSystemInfoResponse.getDefaultInstance());
            answer.onCompleted();
        }

        @Override
        public void listWorkflowExecutions(
                ListWorkflowExecutionsRequest request, StreamObserver<ListWorkflowExecutionsResponse> answer) {
            if (away) {
                answer.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            answer.onNext(ListWorkflowExecutionsResponse.newBuilder()
                    .addAllExecutions(open)
                    .build());
            answer.onCompleted();
        }

        @Override
        public void describeTaskQueue(
                DescribeTaskQueueRequest request, StreamObserver<DescribeTaskQueueResponse> answer) {
            DescribeTaskQueueResponse.Builder queue = DescribeTaskQueueResponse.newBuilder();
            for (int i = 0; i < pollers.getOrDefault(request.getTaskQueue().getName(), 0); i++) {
                queue.addPollers(PollerInfo.newBuilder().setIdentity("worker-" + i));
            }
            answer.onNext(queue.build());
            answer.onCompleted();
        }
    }

    private final class Operator extends OperatorServiceGrpc.OperatorServiceImplBase {
        @Override
        public void listSearchAttributes(
                ListSearchAttributesRequest request, StreamObserver<ListSearchAttributesResponse> answer) {
            if (closed) {
                answer.onError(Status.PERMISSION_DENIED.asRuntimeException());
                return;
            }
            answer.onNext(ListSearchAttributesResponse.newBuilder()
                    .putAllCustomAttributes(attributes)
                    .build());
            answer.onCompleted();
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }
}
