package dev.slipway.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command line as somebody uses it. */
final class Cli {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String token;

    private Cli(String token) {
        this.token = token;
    }

    static Cli ci() {
        return new Cli(Lab.need("SLIPWAY_TOKEN"));
    }

    static Cli approver() {
        return new Cli(Lab.need("SLIPWAY_TOKEN_APPROVER"));
    }

    static Cli approver2() {
        return new Cli(Lab.need("SLIPWAY_TOKEN_APPROVER2"));
    }

    Shell.Result run(String... arguments) {
        return shell(arguments).run();
    }

    Shell.Running start(String... arguments) {
        return shell(arguments).start();
    }

    /** What {@code get -o json} shows. */
    JsonNode get(String release) {
        return json(run("get", release, "-o", "json"));
    }

    /** Waits until a release is in this phase. */
    void awaitPhase(String release, String phase, Duration within) {
        await(release, within, "phase", phase);
    }

    /** Waits until a release has ended like this. */
    void awaitOutcome(String release, String outcome, Duration within) {
        await(release, within, "outcome", outcome);
    }

    private void await(String release, Duration within, String field, String value) {
        try {
            Eventually.holds(release + " has " + field + " " + value, within, () -> {
                JsonNode now = get(release);
                boolean there = now.path(field).asText().equals(value);
                if (!there && now.path("phase").asText().equals("DONE")) {
                    throw new AssertionError(release + " never had " + field + " " + value);
                }
                return there;
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it is: " + get(release).toPrettyString(), e);
        }
    }

    static JsonNode json(Shell.Result result) {
        try {
            return JSON.readTree(result.out());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + result, e);
        }
    }

    private Shell shell(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        return Shell.of("./slipway", all.toArray(String[]::new))
                .with("SLIPWAY_URL", Lab.need("SLIPWAY_URL"))
                .with("SLIPWAY_TOKEN", token);
    }
}
