package dev.slipway.workflows.api;

import dev.slipway.model.EnvironmentName;

/** The names of the task queues. They route work, they do not isolate it: credentials are isolated by worker role. */
public final class TaskQueues {
    /** Workflows, slots and people: the control worker, which has no cluster credentials. */
    public static final String CONTROL = "slipway";

    private TaskQueues() {}

    /** Mutations in one environment. */
    public static String of(EnvironmentName environment) {
        return CONTROL + "-" + environment;
    }

    /** Long watches of one environment, on a queue of their own so that they never starve a rollback. */
    public static String watchOf(EnvironmentName environment) {
        return of(environment) + "-watch";
    }

    /** Loads of one environment: each holds its place as long as its soak, and must keep no watch from beginning. */
    public static String loadOf(EnvironmentName environment) {
        return of(environment) + "-load";
    }
}
