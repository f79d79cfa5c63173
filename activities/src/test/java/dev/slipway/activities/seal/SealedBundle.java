package dev.slipway.activities.seal;

import dev.slipway.activities.bundle.BundleStore;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Image;
import dev.slipway.model.Weight;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.pipeline.PipelineReader;
import dev.slipway.workflows.api.Approvals;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.HelmTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A real bundle of podinfo for development and production, in the cache of a worker. */
public final class SealedBundle {
    public static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    public static final Digest IMAGE = new Digest("sha256:" + "a".repeat(64));

    private static final String RELEASE = """
            apiVersion: slipway.dev/v1
            kind: Pipeline
            service: podinfo
            owner: { team: platform }
            artifacts:
              chart: ./podinfo
              image: { repository: registry/podinfo }
            traffic: { name: podinfo, drain: 1m }
            slos:
              errors: { bad: 'http_requests_total{status=~"5.."}', total: http_requests_total, objective: 99% }
            stages:
              - environment: development
                values: [values.yaml, values-development.yaml]
                rolling: {}
              - environment: production
                values: [values.yaml]
                before:
                  - approve: { group: deployers, votes: 2, within: 72h }
                canary:
                  ramps: [50%]
                  analyze: { slos: [errors], atLeast: 10m }
            """;

    public final Bundle bundle;
    public final Pipeline pipeline;
    public final BundleStore store;
    private final Path cache;

    public SealedBundle(Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Path chart = Files.createDirectories(source.resolve("podinfo"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: podinfo\nversion: 1.0.0\n");
        Files.writeString(source.resolve("values.yaml"), "replicaCount: 2\n");
        Files.writeString(source.resolve("values-development.yaml"), "debug: true\n");
        pipeline = PipelineReader.read("release.yaml", RELEASE.getBytes(StandardCharsets.UTF_8))
                .orElseThrow();
        bundle = Bundle.pack(source, pipeline).orElseThrow();
        cache = folder.resolve("cache");
        store = new BundleStore(digest -> bundle.archive(), cache);
    }

    /** What the starter would have shown to those who decide. */
    public Digest fingerprint() {
        return bundle.digests(IMAGE).fingerprint();
    }

    /** Where the worker has it. */
    public Path unpacked() {
        return cache.resolve(bundle.digest().hex());
    }

    /** What an honest stage orders in production. */
    public DeployOrder order(Approvals approvals) {
        return new DeployOrder(
                new HelmTarget(PRODUCTION, "production", "podinfo"),
                bundle.ref(),
                List.of("values/values.yaml"),
                new Image("registry/podinfo", "2.0.0", IMAGE, "image"),
                Optional.<Weight>empty(),
                Duration.ofMinutes(10),
                10,
                approvals);
    }
}
