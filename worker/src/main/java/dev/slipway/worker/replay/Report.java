package dev.slipway.worker.replay;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** How the answer is written. */
interface Report {
    /** One line for each workflow that was replayed, then the sum of it. */
    void write(List<Replayed> all, PrintWriter out) throws IOException;
}
