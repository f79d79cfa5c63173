package dev.slipway.workflows.testing;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.temporal.api.command.v1.Command;
import io.temporal.api.enums.v1.CommandType;
import io.temporal.api.enums.v1.WorkflowTaskFailedCause;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCanceledRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Mends Temporal's test server (1.38) for a workflow that cancels an activity which has just ended. A real server takes
 * that; this one answers ACTIVITY_UNKNOWN and loses the workflow task, so that the workflow hangs for ever. Here such a
 * task is failed as UnhandledCommand in the worker's stead: the server gives it out again, with the activity's end in it.
 *
 * <p>It rests on the test server's tokens: namespace, workflow and run, then the number of the activity's event.
 */
public final class CrossedCancel implements ClientInterceptor {
    private static final int ALL = 1000;

    private final Set<ByteString> ended = ConcurrentHashMap.newKeySet();
    /** One permit for an activity that ends, all of them for a task that cancels: so neither overtakes the other. */
    private final Semaphore oneByOne = new Semaphore(ALL, true);

    /** What a test's connection to the test server is made with. */
    public static WorkflowServiceStubsOptions mended() {
        return WorkflowServiceStubsOptions.newBuilder()
                .setGrpcClientInterceptors(List.of(new CrossedCancel()))
                .build();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        String name = method.getBareMethodName();
        return name != null && name.startsWith("Respond") ? new Ordered<>(call, next) : call;
    }

    private static boolean cancels(Command command) {
        return command.getCommandType() == CommandType.COMMAND_TYPE_REQUEST_CANCEL_ACTIVITY_TASK;
    }

    /** The activity as both tokens name it: an activity's ends with the event (8 bytes) and the attempt (4 bytes). */
    private static ByteString activity(ByteString activityToken) {
        return activityToken.substring(0, activityToken.size() - Integer.BYTES);
    }

    /** A workflow task's token ends with the length of the history (4 bytes). */
    private static ByteString activity(ByteString taskToken, long scheduledEventId) {
        ByteBuffer event = ByteBuffer.allocate(Long.BYTES).putLong(0, scheduledEventId);
        return taskToken.substring(0, taskToken.size() - Integer.BYTES).concat(ByteString.copyFrom(event));
    }

    private boolean crosses(RespondWorkflowTaskCompletedRequest task) {
        return task.getCommandsList().stream()
                .filter(CrossedCancel::cancels)
                .map(command ->
                        command.getRequestCancelActivityTaskCommandAttributes().getScheduledEventId())
                .anyMatch(event -> ended.contains(activity(task.getTaskToken(), event)));
    }

    private final class Ordered<Q, A> extends SimpleForwardingClientCall<Q, A> {
        private final Channel server;
        private volatile int permits;
        private volatile boolean crossed;

        Ordered(ClientCall<Q, A> call, Channel server) {
            super(call);
            this.server = server;
        }

        @Override
        public void start(Listener<A> worker, Metadata headers) {
            super.start(
                    new SimpleForwardingClientCallListener<A>(worker) {
                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            oneByOne.release(permits);
                            super.onClose(
                                    crossed ? Status.INVALID_ARGUMENT.withDescription("UnhandledCommand") : status,
                                    trailers);
                        }
                    },
                    headers);
        }

        @Override
        public void sendMessage(Q message) {
            if (message instanceof RespondActivityTaskCompletedRequest done) {
                ends(done.getTaskToken());
            } else if (message instanceof RespondActivityTaskCanceledRequest done) {
                ends(done.getTaskToken());
            } else if (message instanceof RespondActivityTaskFailedRequest done
                    && done.getFailure().getApplicationFailureInfo().getNonRetryable()) {
                ends(done.getTaskToken());
            } else if (message instanceof RespondWorkflowTaskCompletedRequest task
                    && task.getCommandsList().stream().anyMatch(CrossedCancel::cancels)) {
                hold(ALL);
                crossed = crosses(task);
                if (crossed) {
                    fail(task);
                    cancel("its activity has ended", null);
                    return;
                }
            }
            super.sendMessage(message);
        }

        @Override
        public void halfClose() {
            if (!crossed) {
                super.halfClose();
            }
        }

        private void ends(ByteString activityToken) {
            hold(1);
            ended.add(activity(activityToken));
        }

        private void hold(int wanted) {
            oneByOne.acquireUninterruptibly(wanted);
            permits = wanted;
        }

        private void fail(RespondWorkflowTaskCompletedRequest task) {
            var unused = WorkflowServiceGrpc.newBlockingStub(server)
                    .respondWorkflowTaskFailed(RespondWorkflowTaskFailedRequest.newBuilder()
                            .setTaskToken(task.getTaskToken())
                            .setNamespace(task.getNamespace())
                            .setIdentity(task.getIdentity())
                            .setCause(WorkflowTaskFailedCause.WORKFLOW_TASK_FAILED_CAUSE_UNHANDLED_COMMAND)
                            .build());
        }
    }
}
