package dev.slipway.authorizer;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Passes calls on to Temporal, and what it says back, when the rules let them. It keeps nothing between two calls, so that any
 * number of authorizers can stand side by side. A call that is given up by its caller is given up at Temporal, and the
 * deadline of one is that of the other.
 */
final class Relay {
    private static final List<ServiceDescriptor> SERVICES = List.of(
            WorkflowServiceGrpc.getServiceDescriptor(),
            OperatorServiceGrpc.getServiceDescriptor(),
            HealthGrpc.getServiceDescriptor());

    private final Channel temporal;
    private final Rules rules;
    private final TaskTokens tokens;
    private final AccessLog log;

    Relay(Channel temporal, Rules rules, TaskTokens tokens, AccessLog log) {
        this.temporal = temporal;
        this.rules = rules;
        this.tokens = tokens;
        this.log = log;
    }

    /** What a server of it offers; calls that this version does not know it answers with UNIMPLEMENTED. */
    Stream<ServerServiceDefinition> services() {
        return SERVICES.stream().map(this::of);
    }

    private ServerServiceDefinition of(ServiceDescriptor service) {
        ServerServiceDefinition.Builder builder = ServerServiceDefinition.builder(service.getName());
        for (MethodDescriptor<?, ?> method : service.getMethods()) {
            if (method.getType() == MethodDescriptor.MethodType.UNARY) {
                @SuppressWarnings("unchecked") // all methods of these services are of messages
                MethodDescriptor<Message, Message> known = (MethodDescriptor<Message, Message>) method;
                builder.addMethod(known, handler(known));
            }
        }
        return builder.build();
    }

    private ServerCallHandler<Message, Message> handler(MethodDescriptor<Message, Message> method) {
        String name = String.valueOf(method.getBareMethodName());
        return ServerCalls.asyncUnaryCall((request, answer) -> {
            ((ServerCallStreamObserver<Message>) answer).setOnCancelHandler(() -> {
                // the call to Temporal ends with the context of this one
            });
            Caller caller = Doorway.CALLER.get();
            Optional<String> refusal = rules.refusal(caller, name, request);
            if (refusal.isPresent()) {
                refuse(caller, name, refusal.get(), answer);
                return;
            }
            Optional<Message> asked = tokens.unbound(caller, request);
            if (asked.isEmpty()) {
                refuse(caller, name, caller.name() + " speaks for a task that it was not given", answer);
                return;
            }
            log.passed(caller, name);
            Channel onward = ClientInterceptors.intercept(
                    temporal, MetadataUtils.newAttachHeadersInterceptor(Doorway.HEADERS.get()));
            ClientCalls.asyncUnaryCall(
                    onward.newCall(method, CallOptions.DEFAULT), asked.get(), new Back(caller, answer));
        });
    }

    private void refuse(Caller caller, String method, String why, StreamObserver<Message> answer) {
        log.refused(caller, method, why);
        answer.onError(Status.PERMISSION_DENIED
                .withDescription("Slipway's authorizer: " + why)
                .asRuntimeException(new Metadata()));
    }

    /** The way back, on which tasks are bound to who asked for them. */
    private final class Back implements StreamObserver<Message> {
        private final Caller caller;
        private final StreamObserver<Message> answer;

        Back(Caller caller, StreamObserver<Message> answer) {
            this.caller = caller;
            this.answer = answer;
        }

        @Override
        public void onNext(Message said) {
            answer.onNext(tokens.bound(caller, said));
        }

        @Override
        public void onError(Throwable failure) {
            answer.onError(failure);
        }

        @Override
        public void onCompleted() {
            answer.onCompleted();
        }
    }
}
