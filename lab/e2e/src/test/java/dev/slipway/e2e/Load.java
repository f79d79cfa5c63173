package dev.slipway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Requests through the gateway at a constant rate, counted per version. */
final class Load {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Shell.Running running;
    private final Path seconds;

    private Load(Shell.Running running, Path seconds) {
        this.running = running;
        this.seconds = seconds;
    }

    static Load begin(String host, int rate) {
        try {
            Path seconds = Files.createTempFile("slipway-e2e", ".load");
            Shell.Running running = Shell.of(
                            "lab/load/run",
                            "--url",
                            Lab.need("GATEWAY_URL") + "/v1/completions",
                            "--host",
                            host,
                            "--rate",
                            Integer.toString(rate),
                            "--duration",
                            "10m",
                            "--body",
                            "{\"prompt\":\"is it up\"}",
                            "--json-lines",
                            seconds.toString(),
                            "--quiet")
                    .start();
            return new Load(running, seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and returns the report (see lab/load); a second time the same. */
    JsonNode end() {
        running.process().destroy();
        Shell.Result result = running.await();
        try {
            return JSON.readTree(result.out());
        } catch (IOException e) {
            throw new AssertionError("the load generator said " + result, e);
        }
    }

    /** The share of a version between two moments, percent, and how many requests that is of. */
    Share share(String version, Instant from, Instant to) {
        long own = 0;
        long all = 0;
        try {
            for (String line : Files.readAllLines(seconds)) {
                JsonNode second = JSON.readTree(line);
                Instant at = Instant.parse(second.get("at").asText());
                // a second's counts are those before its instant
                if (at.isAfter(from.plusSeconds(1)) && at.isBefore(to)) {
                    all += second.get("requests").asLong();
                    own += second.path("versions")
                            .path(version)
                            .path("requests")
                            .asLong();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Share(own, all);
    }

    /** Seconds from a version's n-th answer to its last one, 0 when it had fewer; as exact as the counts, a second. */
    long secondsFrom(int nth, String version) {
        long seen = 0;
        Instant reached = Instant.MAX;
        Instant last = Instant.MIN;
        try {
            for (String line : Files.readAllLines(seconds)) {
                JsonNode second = JSON.readTree(line);
                long own =
                        second.path("versions").path(version).path("requests").asLong();
                seen += own;
                if (own > 0) {
                    last = Instant.parse(second.get("at").asText());
                }
                if (seen >= nth && reached == Instant.MAX) {
                    reached = last;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reached == Instant.MAX ? 0 : Duration.between(reached, last).toSeconds();
    }

    record Share(long own, long all) {
        double percent() {
            return all == 0 ? 0 : 100.0 * own / all;
        }

        /** Three standard deviations of a binomial share, in percent points; at least one request. */
        double tolerance(double expectedPercent) {
            double p = expectedPercent / 100;
            return Math.max(300 * Math.sqrt(p * (1 - p) / Math.max(all, 1)), 100.0 / Math.max(all, 1));
        }
    }
}
