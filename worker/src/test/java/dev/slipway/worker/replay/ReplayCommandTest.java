package dev.slipway.worker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReplayCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aWorkerIsAWorkerUnlessAReplayIsAskedFor() {
        assertThat(ReplayCommand.isAsked("--slipway.worker.role=control")).isFalse();
        assertThat(ReplayCommand.isAsked("--slipway.worker.role=control", "--replay-open"))
                .isTrue();
    }

    @Test
    void helpTellsTheExitCodes() {
        assertThat(run("--replay-open", "--help")).isZero();

        assertThat(out.toString()).contains("Exit codes:", "must not replace the running", "-o, --output=FORMAT");
    }

    @Test
    void aMistypedOptionIsNotTakenForASetting() {
        assertThat(run("--replay-open", "--outptu", "json")).isEqualTo(2);

        assertThat(err.toString()).contains("unknown: --outptu");
    }

    @Test
    void aTemporalThatDoesNotAnswerIsNoYes() {
        int code = ReplayCommand.run(
                settings -> {
                    throw Status.UNAVAILABLE.withDescription("refused").asRuntimeException();
                },
                new PrintWriter(out),
                new PrintWriter(err),
                "--replay-open",
                "--slipway.temporal.address=127.0.0.1:1");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString()).contains("nothing is known", "slipway.temporal.address");
    }

    private int run(String... args) {
        return ReplayCommand.run(
                settings -> {
                    throw new AssertionError("nothing to connect to: " + settings);
                },
                new PrintWriter(out),
                new PrintWriter(err),
                args);
    }
}
