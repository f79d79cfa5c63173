package dev.slipway.authorizer;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationResponse;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Binds each task to the caller that it is given to. Temporal's own task tokens say which task is meant and are signed by
 * nobody: who knows a workflow's ids can make one and answer for another. So what a caller gets is a token with a MAC
 * (HMAC-SHA256, RFC 2104) over it and the caller's name before it, and only such a one is taken off him.
 */
final class TaskTokens {
    private static final String MAC = "HmacSHA256";
    private static final int MAC_BYTES = 32;
    private static final String FIELD = "task_token";

    private final TokenKeys keys;

    TaskTokens(TokenKeys keys) {
        this.keys = keys;
    }

    /**
     * The request as Temporal is to see it.
     *
     * @return empty when it speaks for a task that this caller was not given
     */
    Optional<Message> unbound(Caller caller, Message request) {
        FieldDescriptor field = request.getDescriptorForType().findFieldByName(FIELD);
        if (field == null) {
            return Optional.of(request);
        }
        ByteString bound = (ByteString) request.getField(field);
        return token(caller, bound)
                .map(token -> request.toBuilder().setField(field, token).build());
    }

    /** The answer as the caller is to see it. */
    Message bound(Caller caller, Message answer) {
        if (answer instanceof PollActivityTaskQueueResponse task) {
            return bound(caller, task);
        }
        if (answer instanceof PollWorkflowTaskQueueResponse task) {
            return bound(caller, task);
        }
        if (answer instanceof RespondWorkflowTaskCompletedResponse more) {
            return bound(caller, more);
        }
        if (answer instanceof StartWorkflowExecutionResponse started) {
            return bound(caller, started);
        }
        if (answer instanceof ExecuteMultiOperationResponse several) {
            return bound(caller, several);
        }
        return answer;
    }

    private PollActivityTaskQueueResponse bound(Caller caller, PollActivityTaskQueueResponse task) {
        // a poll that found nothing has no token
        return task.getTaskToken().isEmpty()
                ? task
                : task.toBuilder()
                        .setTaskToken(bound(caller, task.getTaskToken()))
                        .build();
    }

    private PollWorkflowTaskQueueResponse bound(Caller caller, PollWorkflowTaskQueueResponse task) {
        return task.getTaskToken().isEmpty()
                ? task
                : task.toBuilder()
                        .setTaskToken(bound(caller, task.getTaskToken()))
                        .build();
    }

    private RespondWorkflowTaskCompletedResponse bound(Caller caller, RespondWorkflowTaskCompletedResponse more) {
        RespondWorkflowTaskCompletedResponse.Builder builder = more.toBuilder();
        if (more.hasWorkflowTask()) {
            builder.setWorkflowTask(bound(caller, more.getWorkflowTask()));
        }
        for (int i = 0; i < more.getActivityTasksCount(); i++) {
            builder.setActivityTasks(i, bound(caller, more.getActivityTasks(i)));
        }
        return builder.build();
    }

    private StartWorkflowExecutionResponse bound(Caller caller, StartWorkflowExecutionResponse started) {
        return started.hasEagerWorkflowTask()
                ? started.toBuilder()
                        .setEagerWorkflowTask(bound(caller, started.getEagerWorkflowTask()))
                        .build()
                : started;
    }

    private ExecuteMultiOperationResponse bound(Caller caller, ExecuteMultiOperationResponse several) {
        ExecuteMultiOperationResponse.Builder builder = several.toBuilder();
        builder.getResponsesBuilderList().stream()
                .filter(ExecuteMultiOperationResponse.ResponseOrBuilder::hasStartWorkflow)
                .forEach(one -> one.setStartWorkflow(bound(caller, one.getStartWorkflow())));
        return builder.build();
    }

    private ByteString bound(Caller caller, ByteString token) {
        return ByteString.copyFrom(mac(keys.newest(), caller, token)).concat(token);
    }

    private Optional<ByteString> token(Caller caller, ByteString bound) {
        if (bound.size() <= MAC_BYTES) {
            return Optional.empty();
        }
        ByteString token = bound.substring(MAC_BYTES);
        byte[] shown = bound.substring(0, MAC_BYTES).toByteArray();
        List<byte[]> known = keys.all();
        return known.stream().anyMatch(key -> MessageDigest.isEqual(shown, mac(key, caller, token)))
                ? Optional.of(token)
                : Optional.empty();
    }

    private static byte[] mac(byte[] key, Caller caller, ByteString token) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            mac.update(caller.name().getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(token.asReadOnlyByteBuffer());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }
}
