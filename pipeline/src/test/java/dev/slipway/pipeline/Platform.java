package dev.slipway.pipeline;

import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** What a platform team would have configured, and pipelines for it. */
final class Platform {
    static final Environment DEVELOPMENT = environment("development", false);
    static final Environment STAGING = environment("staging", false);
    static final Environment PRODUCTION = environment("production", true);
    static final List<Environment> ENVIRONMENTS = List.of(DEVELOPMENT, STAGING, PRODUCTION);

    private Platform() {}

    private static Environment environment(String name, boolean isProtected) {
        return new Environment(
                new EnvironmentName(name), isProtected, name, Duration.ofMinutes(5), 10, Duration.ofMinutes(10));
    }

    /** The full example. */
    static String example() {
        return resource("release.yaml");
    }

    static String resource(String name) {
        try (InputStream in = Platform.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Checked<Pipeline> read(String yaml) {
        return PipelineReader.read("release.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    static List<String> problems(String yaml) {
        return read(yaml).problems().stream().map(Problem::toString).toList();
    }
}
