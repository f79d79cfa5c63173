package dev.slipway.activities.seal;

import dev.slipway.activities.bundle.Bundles;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.BundleException;
import dev.slipway.pipeline.Checked;
import dev.slipway.pipeline.Pipeline;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Stamp;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * What is really about to be deployed, as the worker finds it: the files of the bundle, and what the release.yaml among
 * them says about this environment. What an order says beside is held against that.
 */
final class SealedContent {
    private final EnvironmentName environment;
    private final Bundles bundles;

    SealedContent(EnvironmentName environment, Bundles bundles) {
        this.environment = environment;
        this.bundles = bundles;
    }

    /** What an approval of exactly this would name; or why nobody can have approved it. */
    record Found(Optional<Digest> fingerprint, String wrong) {
        private static Found wrong(String why) {
            return new Found(Optional.empty(), why);
        }
    }

    Found of(Stamp stamp, DeployOrder order) {
        Bundle bundle;
        try {
            bundle = Bundle.unpacked(bundles.folder(order.bundle().digest()));
        } catch (BundleException e) {
            return Found.wrong("this worker's copy of the bundle "
                    + order.bundle().digest() + " is none: " + e.getMessage() + "; empty its bundle cache");
        } catch (IOException e) {
            throw FailureType.UNKNOWN.failure("cannot read the unpacked bundle "
                    + order.bundle().digest() + " (" + e.getClass().getSimpleName() + "); nothing was touched");
        }
        if (!bundle.digest().equals(order.bundle().digest())) {
            return Found.wrong("this worker's copy of the bundle "
                    + order.bundle().digest() + " is another one, " + bundle.digest() + "; empty its bundle cache");
        }
        Checked<Pipeline> pipeline = bundle.pipeline();
        if (pipeline.value().isEmpty()) {
            return Found.wrong(
                    "its release.yaml cannot be read: " + pipeline.problems().get(0));
        }
        return differences(stamp, order, pipeline.value().get())
                .map(Found::wrong)
                .orElseGet(() -> new Found(
                        Optional.of(bundle.digests(order.image().digest()).fingerprint()), ""));
    }

    /** The fingerprint is over contents; which of them go where is what the approved release.yaml says. */
    private Optional<String> differences(Stamp stamp, DeployOrder order, Pipeline pipeline) {
        Optional<Pipeline.Stage> stage = pipeline.stages().stream()
                .filter(s -> s.environment().equals(environment))
                .findFirst();
        if (stage.isEmpty()) {
            return Optional.of("its release.yaml has no stage for " + environment);
        }
        String release = pipeline.helmRelease() + (order.canaryFor().isPresent() ? "-canary" : "");
        List<Line> lines = List.of(
                new Line("the environment", order.target().environment(), environment),
                new Line("the stage's environment", stamp.environment(), environment),
                new Line("the service", stamp.release().service(), pipeline.service()),
                new Line("the Helm release", order.target().release(), release),
                new Line("the chart's folder", order.bundle().chart(), Bundle.CHART),
                new Line("the values files", order.valuesFiles(), stage.get().bundledValues()),
                new Line(
                        "the image",
                        order.image().repository(),
                        pipeline.image().repository()),
                new Line(
                        "the image's key of the values",
                        order.image().valuesKey(),
                        pipeline.image().valuesKey()));
        return lines.stream().filter(Line::differs).map(Line::words).findFirst();
    }

    /** One thing that the order says, and what release.yaml says. */
    private record Line(String what, Object ordered, Object approved) {
        boolean differs() {
            return !ordered.equals(approved);
        }

        String words() {
            return what + " is " + ordered + ", but its release.yaml says " + approved;
        }
    }
}
