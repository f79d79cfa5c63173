package dev.slipway.activities.fence;

/** The right to write as long as it is held; closing it gives it back. */
public interface Writer extends WriteRight, AutoCloseable {
    /** Gives the right back, so that the next writer need not wait. Never throws: a right that is not given back runs out. */
    @Override
    void close();
}
