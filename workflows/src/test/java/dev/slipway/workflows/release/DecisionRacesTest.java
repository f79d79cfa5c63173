package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Rollout;
import dev.slipway.model.StagePlan;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import dev.slipway.workflows.testing.Turnstile;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Votes and a no at the same moment, in every order that comes up: the first in the history wins (T12, T13). No abort
 * among them: the test server of 1.38 hands a signal and an update that meet in one task to the worker in another order
 * than it writes into the history (a real server does not), so such a history does not replay.
 */
class DecisionRacesTest {
    private static final int ROUNDS = 12;
    private static final Decision.Choice YES = Decision.Choice.APPROVE;
    private static final Decision.Choice NO = Decision.Choice.REJECT;

    private final Random random = new Random(4);

    @Test
    void whateverComesFirstInTheHistoryDecidesAndNothingCountsTwice() throws Exception {
        try (Scenario slipway = new Scenario("production")) {
            ExecutorService people = Executors.newFixedThreadPool(5);
            for (int round = 0; round < ROUNDS; round++) {
                // open until everybody was heard: the test server leaves those without an answer that come to the end
                Turnstile.Held ending = slipway.turnstile.hold("Fence_Release");
                ReleaseOrder order = slipway.start("2.0." + round, approvedByTwo());
                slipway.awaitPhase(order, "production", "WAITING");
                String runId = runId(slipway);
                race(people, said(slipway, order));
                ending.letPass();

                String outcome = slipway.end(order).outcome().word();

                assertThat(outcome).as("round %s", round).isEqualTo(expected(slipway, runId));
            }
            people.shutdownNow();
        }
    }

    private List<Runnable> said(Scenario slipway, ReleaseOrder order) {
        List<Runnable> all = new ArrayList<>();
        SignedDecision twice = slipway.vote(order, "production/approve", "approver-1", YES);
        all.add(() -> slipway.stage(order, "production").decide(twice));
        all.add(() -> slipway.stage(order, "production").decide(twice));
        all.add(vote(slipway, order, "approver-2", YES));
        all.add(vote(slipway, order, "approver-3", random.nextBoolean() ? NO : YES));
        Collections.shuffle(all, random);
        return all;
    }

    private static Runnable vote(Scenario slipway, ReleaseOrder order, String person, Decision.Choice choice) {
        return () ->
                slipway.stage(order, "production").decide(slipway.vote(order, "production/approve", person, choice));
    }

    private static void race(ExecutorService people, List<Runnable> said) throws Exception {
        List<Future<?>> answers = new ArrayList<>();
        for (Runnable word : said) {
            answers.add(people.submit(() -> quietly(word)));
        }
        for (Future<?> answer : answers) {
            answer.get(120, TimeUnit.SECONDS);
        }
    }

    /** A refusal is an answer too. */
    private static void quietly(Runnable word) {
        try {
            word.run();
        } catch (RuntimeException refused) {
            assertThat(refused).isNotNull();
        }
    }

    /** What the history says must have come of it. */
    private static String expected(Scenario slipway, String runId) {
        Set<String> yes = new HashSet<>();
        for (HistoryEvent event : slipway.history(run(runId)).getEvents()) {
            Optional<Decision> vote = vote(event);
            if (vote.isPresent() && vote.get().choice() == NO) {
                return "REJECTED";
            }
            vote.ifPresent(d ->
                    assertThat(yes.add(d.actor().subject())).as("one vote each").isTrue());
            if (yes.size() == 2) {
                return "PROMOTED";
            }
        }
        throw new AssertionError("nothing closed the gate");
    }

    private static Optional<Decision> vote(HistoryEvent event) {
        if (!event.hasWorkflowExecutionUpdateAcceptedEventAttributes()) {
            return Optional.empty();
        }
        return Optional.of(Payloads.converter()
                .fromPayloads(
                        0,
                        Optional.of(event.getWorkflowExecutionUpdateAcceptedEventAttributes()
                                .getAcceptedRequest()
                                .getInput()
                                .getArgs()),
                        SignedDecision.class,
                        SignedDecision.class)
                .decision());
    }

    private static String runId(Scenario slipway) {
        return slipway.client()
                .newUntypedWorkflowStub("podinfo:production")
                .describe()
                .getExecution()
                .getRunId();
    }

    private static WorkflowExecution run(String runId) {
        return WorkflowExecution.newBuilder()
                .setWorkflowId("podinfo:production")
                .setRunId(runId)
                .build();
    }

    private static StagePlan approvedByTwo() {
        return new StagePlan(
                Plans.environment("production"),
                List.of("values.yaml"),
                List.of(Plans.approve(2)),
                new Rollout.Rolling(),
                List.of());
    }
}
