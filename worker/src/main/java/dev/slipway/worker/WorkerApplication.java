package dev.slipway.worker;

import dev.slipway.worker.replay.ReplayCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** One worker process: the control worker, or the worker of one environment, as {@code slipway.worker.role} says. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WorkerApplication {
    /** Runs until it is told to stop, or answers {@code --replay-open}; exits with 1 when it cannot do its job. */
    public static void main(String[] args) {
        if (ReplayCommand.isAsked(args)) {
            System.exit(replay(args));
        }
        SpringApplication.run(WorkerApplication.class, args);
    }

    private static int replay(String... args) {
        PrintWriter answer = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        // the answer is alone on stdout: what logs goes where progress goes
        System.setOut(System.err);
        return ReplayCommand.run(
                ReplayConnection::of, answer, new PrintWriter(System.err, true, StandardCharsets.UTF_8), args);
    }
}
