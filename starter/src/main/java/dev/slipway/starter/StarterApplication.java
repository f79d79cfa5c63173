package dev.slipway.starter;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The process that serves the HTTP API. Its configuration file is named by {@code SLIPWAY_CONFIG}. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class StarterApplication {
    /** Runs until it is told to stop; listens also while Temporal does not answer. */
    public static void main(String[] args) {
        SpringApplication.run(StarterApplication.class, args);
    }
}
