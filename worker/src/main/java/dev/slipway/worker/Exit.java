package dev.slipway.worker;

/** Ends the process; a worker that cannot do its job must not look alive. */
@FunctionalInterface
interface Exit {
    void now(int code);
}
