package dev.slipway.authorizer;

import static dev.slipway.authorizer.Kind.ANSWER_ACTIVITY;
import static dev.slipway.authorizer.Kind.ANSWER_WORKFLOW;
import static dev.slipway.authorizer.Kind.HELLO;
import static dev.slipway.authorizer.Kind.LOOK;
import static dev.slipway.authorizer.Kind.OPERATE;
import static dev.slipway.authorizer.Kind.TAKE_ACTIVITY;
import static dev.slipway.authorizer.Kind.TAKE_WORKFLOW;
import static dev.slipway.authorizer.Kind.TELL;
import static dev.slipway.authorizer.Kind.WORK;

import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.TaskQueues;
import java.util.EnumSet;
import java.util.Set;

/** What a caller is for, and with that which calls it may make and from which task queues it may take work. */
sealed interface Role {
    /** The kinds of calls that it may make. */
    Set<Kind> may();

    /** The task queues from which it may take work. */
    default Set<String> queues() {
        return Set.of();
    }

    /** The worker of one environment: it takes that environment's activities and nothing else. */
    record Worker(EnvironmentName environment) implements Role {
        @Override
        public Set<Kind> may() {
            return EnumSet.of(HELLO, WORK, TAKE_ACTIVITY, ANSWER_ACTIVITY);
        }

        @Override
        public Set<String> queues() {
            return Set.of(TaskQueues.of(environment), TaskQueues.watchOf(environment), TaskQueues.loadOf(environment));
        }
    }

    /** The control worker: it runs the workflows, and tells people. */
    record Control() implements Role {
        @Override
        public Set<Kind> may() {
            return EnumSet.of(HELLO, LOOK, TELL, WORK, TAKE_ACTIVITY, ANSWER_ACTIVITY, TAKE_WORKFLOW, ANSWER_WORKFLOW);
        }

        @Override
        public Set<String> queues() {
            return Set.of(TaskQueues.CONTROL);
        }
    }

    /** The starter: it starts releases and passes on what people say; it takes no work. */
    record Starter() implements Role {
        @Override
        public Set<Kind> may() {
            return EnumSet.of(HELLO, LOOK, TELL);
        }
    }

    /** People who look, such as those behind Temporal's UI. */
    record Viewer() implements Role {
        @Override
        public Set<Kind> may() {
            return EnumSet.of(HELLO, LOOK);
        }
    }

    /** Who runs Temporal, in an emergency: everything but the answers of workers. */
    record Operator() implements Role {
        @Override
        public Set<Kind> may() {
            return EnumSet.of(HELLO, LOOK, TELL, OPERATE);
        }
    }
}
