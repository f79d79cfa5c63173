package dev.slipway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.slipway.model.EnvironmentName;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationResponse;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskCompletedRequest;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskCompletedResponse;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskTokensTest {
    private static final ByteString TOKEN = ByteString.copyFromUtf8("workflow podinfo:production, event 5");
    private static final Caller DEVELOPMENT = worker("development");
    private static final Caller PRODUCTION = worker("production");

    private final TaskTokens tokens = new TaskTokens(new TokenKeys(List.of(key(1))));

    @Test
    void whoWasGivenATaskAnswersForIt() {
        assertThat(answered(tokens, PRODUCTION, given(tokens, PRODUCTION))).isEqualTo(TOKEN);
    }

    @Test
    void nobodyAnswersForATaskThatAnotherWasGiven() {
        assertThat(answered(tokens, DEVELOPMENT, given(tokens, PRODUCTION))).isEmpty();
    }

    @Test
    void nobodyAnswersWithATokenThatHeHasMadeHimself() {
        assertThat(answered(tokens, PRODUCTION, TOKEN)).isEmpty();
        assertThat(answered(tokens, PRODUCTION, ByteString.EMPTY)).isEmpty();
        assertThat(answered(tokens, PRODUCTION, ByteString.copyFrom(new byte[32])))
                .isEmpty();
        assertThat(answered(
                        tokens,
                        PRODUCTION,
                        given(tokens, PRODUCTION).substring(0, 32).concat(ByteString.copyFromUtf8("another"))))
                .isEmpty();
    }

    @Test
    void noFlippedByteIsTaken() {
        ByteString given = given(tokens, PRODUCTION);
        for (int i = 0; i < given.size(); i++) {
            byte[] flipped = given.toByteArray();
            flipped[i] ^= 1;
            assertThat(answered(tokens, PRODUCTION, ByteString.copyFrom(flipped)))
                    .as("byte %d", i)
                    .isEmpty();
        }
    }

    @Test
    void aNewKeyTakesWhatWasGivenWithTheOldOneUntilThatIsGone() {
        TaskTokens both = new TaskTokens(new TokenKeys(List.of(key(2), key(1))));
        TaskTokens onlyNew = new TaskTokens(new TokenKeys(List.of(key(2))));

        assertThat(answered(both, PRODUCTION, given(tokens, PRODUCTION))).isEqualTo(TOKEN);
        assertThat(answered(onlyNew, PRODUCTION, given(both, PRODUCTION))).isEqualTo(TOKEN);
        assertThat(answered(onlyNew, PRODUCTION, given(tokens, PRODUCTION))).isEmpty();
    }

    @Test
    void whereverATaskComesWithAnAnswerItIsBound() {
        PollActivityTaskQueueResponse activity =
                PollActivityTaskQueueResponse.newBuilder().setTaskToken(TOKEN).build();
        PollWorkflowTaskQueueResponse step =
                PollWorkflowTaskQueueResponse.newBuilder().setTaskToken(TOKEN).build();
        RespondWorkflowTaskCompletedResponse more = (RespondWorkflowTaskCompletedResponse) tokens.bound(
                PRODUCTION,
                RespondWorkflowTaskCompletedResponse.newBuilder()
                        .setWorkflowTask(step)
                        .addActivityTasks(activity)
                        .build());
        StartWorkflowExecutionResponse started = StartWorkflowExecutionResponse.newBuilder()
                .setEagerWorkflowTask(step)
                .build();
        ExecuteMultiOperationResponse several = (ExecuteMultiOperationResponse) tokens.bound(
                PRODUCTION,
                ExecuteMultiOperationResponse.newBuilder()
                        .addResponses(ExecuteMultiOperationResponse.Response.newBuilder()
                                .setStartWorkflow(started))
                        .build());

        assertThat(List.of(
                        more.getWorkflowTask().getTaskToken(),
                        more.getActivityTasks(0).getTaskToken(),
                        ((PollWorkflowTaskQueueResponse) tokens.bound(PRODUCTION, step)).getTaskToken(),
                        ((StartWorkflowExecutionResponse) tokens.bound(PRODUCTION, started))
                                .getEagerWorkflowTask()
                                .getTaskToken(),
                        several.getResponses(0)
                                .getStartWorkflow()
                                .getEagerWorkflowTask()
                                .getTaskToken()))
                .allSatisfy(
                        bound -> assertThat(answered(tokens, PRODUCTION, bound)).isEqualTo(TOKEN));
    }

    @Test
    void aPollThatFoundNothingHasStillNoToken() {
        PollActivityTaskQueueResponse nothing = PollActivityTaskQueueResponse.getDefaultInstance();

        assertThat(tokens.bound(PRODUCTION, nothing)).isEqualTo(nothing);
    }

    @Test
    void whatSpeaksForNoTaskGoesOnAsItIs() {
        SignalWorkflowExecutionRequest signal = SignalWorkflowExecutionRequest.newBuilder()
                .setSignalName("decide")
                .build();

        assertThat(tokens.unbound(PRODUCTION, signal)).contains(signal);
    }

    private static ByteString given(TaskTokens tokens, Caller caller) {
        PollActivityTaskQueueResponse task =
                PollActivityTaskQueueResponse.newBuilder().setTaskToken(TOKEN).build();
        return ((PollActivityTaskQueueResponse) tokens.bound(caller, task)).getTaskToken();
    }

    /** The token that Temporal is shown, empty when it is shown none. */
    private static ByteString answered(TaskTokens tokens, Caller caller, ByteString token) {
        return tokens.unbound(
                        caller,
                        RespondActivityTaskCompletedRequest.newBuilder()
                                .setTaskToken(token)
                                .build())
                .map(request -> ((RespondActivityTaskCompletedRequest) request).getTaskToken())
                .orElse(ByteString.EMPTY);
    }

    private static Caller worker(String environment) {
        return new Caller("worker-" + environment, new Role.Worker(new EnvironmentName(environment)));
    }

    private static byte[] key(int seed) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return key;
    }
}
