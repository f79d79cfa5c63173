package dev.slipway.worker;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The two calls of the gate, on the real wire format: a namespace with search attributes, and failures on demand. */
final class FakeTemporal implements AutoCloseable {
    static final String NAMESPACE = "default";

    private final Map<String, IndexedValueType> attributes = new ConcurrentHashMap<>();
    private final Deque<Status> failures = new ArrayDeque<>();
    private final Server server;
    private final ManagedChannel channel;

    FakeTemporal() throws IOException {
        String name = UUID.randomUUID().toString();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
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
    }

    private final class Operator extends OperatorServiceGrpc.OperatorServiceImplBase {
        @Override
        public void listSearchAttributes(
                ListSearchAttributesRequest request, StreamObserver<ListSearchAttributesResponse> answer) {
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
