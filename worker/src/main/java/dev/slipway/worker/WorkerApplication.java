package dev.slipway.worker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** One worker process: the control worker, or the worker of one environment, as {@code slipway.worker.role} says. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class WorkerApplication {
    /** Runs until it is told to stop; exits with 1 when it cannot do its job. */
    public static void main(String[] args) {
        SpringApplication.run(WorkerApplication.class, args);
    }
}
