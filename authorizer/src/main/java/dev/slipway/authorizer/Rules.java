package dev.slipway.authorizer;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.temporal.api.enums.v1.TaskQueueKind;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.ShutdownWorkerRequest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may make which call, from the role, the method and the request alone.
 *
 * @param namespace the only one that anybody but an operator may name
 */
record Rules(String namespace) {
    private static final int LONGEST_NAME = 100;

    /**
     * Why a call is refused, in words that the caller may see.
     *
     * @param method its bare name
     */
    Optional<String> refusal(Caller caller, String method, Message request) {
        Kind kind = Kind.of(method);
        if (!caller.role().may().contains(kind)) {
            return Optional.of(caller.name() + " may not call " + method);
        }
        if (caller.role() instanceof Role.Operator) {
            return Optional.empty();
        }
        return elsewhere(caller, request)
                .or(() -> queue(request)
                        .filter(named -> !caller.role().queues().contains(named))
                        .map(named -> caller.name() + " takes no work from the task queue " + quoted(named)));
    }

    private Optional<String> elsewhere(Caller caller, Message request) {
        return namespaces(request)
                .filter(named -> !named.equals(namespace))
                .findFirst()
                .map(named -> caller.name() + " may not name the namespace " + quoted(named));
    }

    private static Stream<String> namespaces(Message request) {
        if (request instanceof ExecuteMultiOperationRequest several) {
            return Stream.concat(
                    text(several, "namespace"),
                    several.getOperationsList().stream()
                            .flatMap(one -> one.getAllFields().values().stream())
                            .flatMap(part -> text((Message) part, "namespace")));
        }
        if (request instanceof DescribeNamespaceRequest asked && !asked.getId().isEmpty()) {
            // it is found by its id then, and its name is not looked at
            return Stream.of(asked.getId());
        }
        return text(request, "namespace");
    }

    private static Stream<String> text(Message message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        return field != null && field.getJavaType() == FieldDescriptor.JavaType.STRING && !field.isRepeated()
                ? Stream.of((String) message.getField(field))
                : Stream.empty();
    }

    /** The task queue that a request takes work from, or speaks for; a worker's own for steps of workflows goes by whose it is. */
    private static Optional<String> queue(Message request) {
        if (request instanceof PollActivityTaskQueueRequest poll) {
            return Optional.of(poll.getTaskQueue().getName());
        }
        if (request instanceof PollWorkflowTaskQueueRequest poll) {
            return Optional.of(owner(poll.getTaskQueue()));
        }
        if (request instanceof ShutdownWorkerRequest leaving) {
            return Optional.of(leaving.getTaskQueue()).filter(name -> !name.isEmpty());
        }
        return Optional.empty();
    }

    /** What a caller has written, as it may stand in a log and in a header. */
    private static String quoted(String named) {
        String plain = named.replaceAll("[^\\x20-\\x7e]", "?");
        return "'" + (plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) + "..." : plain) + "'";
    }

    private static String owner(TaskQueue queue) {
        return queue.getKind() == TaskQueueKind.TASK_QUEUE_KIND_STICKY ? queue.getNormalName() : queue.getName();
    }
}
