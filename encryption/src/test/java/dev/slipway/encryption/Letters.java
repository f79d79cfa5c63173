package dev.slipway.encryption;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what it is given in every way in which a workflow can be given something. */
@WorkflowInterface
public interface Letters {
    /** Ends with all that came, in order. */
    @WorkflowMethod
    String collect(String first);

    @SignalMethod
    void signal(String letter);

    @UpdateMethod
    String update(String letter);

    /** Asks the post for a letter, and takes what it says or why it says nothing. */
    @SignalMethod
    void ask();

    @SignalMethod
    void end();

    /** Where a letter comes from. */
    @ActivityInterface
    interface Post {
        String letter(String asked);
    }

    /** The workflow. */
    final class Collector implements Letters {
        static final String POST = "post";

        private final List<String> letters = new ArrayList<>();
        private boolean ended;
        private int asked;

        @Override
        public String collect(String first) {
            letters.add(first);
            int answered = 0;
            while (!ended || answered < asked) {
                int before = answered;
                Workflow.await(() -> asked > before || ended);
                if (asked > answered) {
                    letters.add(fetched());
                    answered++;
                }
            }
            return String.join(",", letters);
        }

        private static String fetched() {
            try {
                return Workflow.newActivityStub(
                                Post.class,
                                ActivityOptions.newBuilder()
                                        .setTaskQueue(POST)
                                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                                        .setRetryOptions(RetryOptions.newBuilder()
                                                .setDoNotRetry("Refused")
                                                .build())
                                        .build())
                        .letter("please");
            } catch (ActivityFailure refused) {
                return String.valueOf(refused.getCause().getMessage());
            }
        }

        @Override
        public void signal(String letter) {
            letters.add(letter);
        }

        @Override
        public String update(String letter) {
            letters.add(letter);
            return letter;
        }

        @Override
        public void ask() {
            asked++;
        }

        @Override
        public void end() {
            ended = true;
        }
    }
}
