package dev.slipway.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A small pipeline on disk, with its chart. */
final class Pipelines {
    static final String GOOD = """
            apiVersion: slipway.dev/v1
            kind: Pipeline
            service: podinfo
            owner: { team: platform }
            artifacts:
              chart: ./chart
              image: { repository: registry.example.com/podinfo }
            traffic: { name: podinfo, drain: 10s }
            slos:
              errors: { bad: 'http_requests_total{status=~"5.."}', total: http_requests_total, objective: 99.9% }
              latency: { histogram: http_request_duration_seconds, below: 250ms, objective: 95% }
              queue: { gauge: queue_length, below: 20, onBreach: hold }
            stages:
              - environment: development
                values: [values.yaml]
                rolling: {}
                after:
                  - check: { http: { path: /healthz } }
              - environment: production
                before:
                  - approve: { group: deployers, votes: 1, within: 4h }
                canary:
                  ramps: [5%, 50%]
                  analyze: { slos: [errors, latency, queue], warmUp: 30s, atLeast: 1m, atMost: 5m, minRequests: 200 }
                after:
                  - soak: { healthyFor: 10m, atMost: 1h, slos: [errors], minRequests: 1000 }
            """;

    private Pipelines() {}

    static Path write(Path folder) {
        return write(folder, GOOD);
    }

    static Path write(Path folder, String pipeline) {
        try {
            Path chart = Files.createDirectories(folder.resolve("chart"));
            Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: podinfo\nversion: 1.0.0\n");
            Files.writeString(folder.resolve("values.yaml"), "replicas: 1\n");
            return Files.writeString(folder.resolve("release.yaml"), pipeline);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code slipway release} of version 6.9.2. */
    static Run release(FakeApi api, Path file, String... more) {
        List<String> args = new ArrayList<>(List.of(
                "release",
                "-f",
                file.toString(),
                "--version",
                "6.9.2",
                "--image-digest",
                Views.digest('a').value()));
        args.addAll(List.of(more));
        return Run.against(api, args.toArray(String[]::new));
    }
}
