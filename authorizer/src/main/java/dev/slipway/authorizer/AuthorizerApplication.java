package dev.slipway.authorizer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** One authorizer in front of Temporal. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class AuthorizerApplication {
    /** Runs until it is told to stop. */
    public static void main(String[] args) {
        SpringApplication.run(AuthorizerApplication.class, args);
    }
}
