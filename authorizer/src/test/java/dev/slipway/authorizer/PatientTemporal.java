package dev.slipway.authorizer;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A Temporal without work: a poll waits until it is told to answer, or until it is given up. */
final class PatientTemporal implements AutoCloseable {
    final CountDownLatch polled = new CountDownLatch(1);
    final CountDownLatch givenUp = new CountDownLatch(1);
    private final CompletableFuture<PollActivityTaskQueueResponse> task = new CompletableFuture<>();
    private final Server server;
    private final ManagedChannel channel;
    private volatile Metadata last = new Metadata();

    PatientTemporal() throws IOException {
        String name = UUID.randomUUID().toString();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .intercept(new Heard())
                .addService(new Service())
                .build()
                .start();
        channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    }

    ManagedChannel channel() {
        return channel;
    }

    /** The names of the last call's headers. */
    Set<String> headers() {
        return last.keys();
    }

    String header(String name) {
        return String.valueOf(last.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)));
    }

    /** What a poll that waits is given. */
    void answer(PollActivityTaskQueueResponse answer) {
        task.complete(answer);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    private final class Heard implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            last = headers;
            return next.startCall(call, headers);
        }
    }

    private final class Service extends WorkflowServiceGrpc.WorkflowServiceImplBase {
        @Override
        public void describeNamespace(
                DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
            answer.onNext(DescribeNamespaceResponse.getDefaultInstance());
            answer.onCompleted();
        }

        @Override
        public void pollActivityTaskQueue(
                PollActivityTaskQueueRequest request, StreamObserver<PollActivityTaskQueueResponse> answer) {
            ((ServerCallStreamObserver<PollActivityTaskQueueResponse>) answer).setOnCancelHandler(givenUp::countDown);
            polled.countDown();
            var unused = task.thenAccept(given -> {
                answer.onNext(given);
                answer.onCompleted();
            });
        }
    }
}
