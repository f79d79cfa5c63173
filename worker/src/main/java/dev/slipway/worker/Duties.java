package dev.slipway.worker;

import io.temporal.worker.WorkerFactory;

/** What a worker of a role takes from which task queue. */
@FunctionalInterface
interface Duties {
    void register(WorkerFactory factory);
}
