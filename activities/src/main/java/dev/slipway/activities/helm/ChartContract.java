package dev.slipway.activities.helm;

import dev.slipway.model.Backend;
import dev.slipway.model.Evidence;
import dev.slipway.model.Image;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.RenderReport;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a chart must keep so that two of its releases can stand side by side; checked on what it renders, all problems at
 * once.
 */
final class ChartContract {
    /** Marks the Service that serves traffic when a chart has several. */
    static final String TRAFFIC = "slipway.dev/traffic";

    private static final Set<String> SELECTING =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Service");

    private final Image image;
    private final boolean needsService;
    private final List<String> problems = new ArrayList<>();

    /**
     * @param needsService whether the stage shifts traffic, so that there must be a Service
     */
    ChartContract(Image image, boolean needsService) {
        this.image = image;
        this.needsService = needsService;
    }

    /** Checks both sides. */
    RenderReport check(Side stable, Optional<Side> canary) {
        alone(stable);
        canary.ifPresent(this::alone);
        canary.ifPresent(side -> overlap(stable, side));
        Optional<Backend> stableBackend = backend(stable);
        Optional<Backend> canaryBackend = canary.flatMap(this::backend);
        return new RenderReport(verdict(stable, canary), stableBackend, canaryBackend);
    }

    /** What one Helm release would be made of. */
    record Side(String release, Manifest manifest) {}

    private void alone(Side side) {
        for (RenderedObject object : side.manifest().objects()) {
            if (object.kind().equals("HTTPRoute")) {
                problems.add(object.id() + " is rendered for " + side.release()
                        + ": Slipway owns the route's weights, take it out of the chart");
            }
            if (SELECTING.contains(object.kind())
                    && !object.selector().isEmpty()
                    && !object.selector().containsValue(side.release())) {
                problems.add("the selector " + object.selector() + " of " + object.id()
                        + " has no label with the release's name '" + side.release()
                        + "' (such as app.kubernetes.io/instance), so it would select the other side's pods too");
            }
        }
        image(side);
    }

    private void image(Side side) {
        List<String> rendered = side.manifest().images();
        boolean there = rendered.stream()
                .anyMatch(i -> i.startsWith(image.repository())
                        && "@:".indexOf((i + "@").charAt(image.repository().length())) >= 0
                        && i.endsWith("@" + image.digest()));
        if (!there) {
            problems.add("no container of " + side.release() + " runs " + image.repository() + "@" + image.digest()
                    + "; rendered were " + (rendered.isEmpty() ? "no images" : String.join(", ", rendered))
                    + " (values under '" + image.valuesKey() + "')");
        }
    }

    private void overlap(Side stable, Side canary) {
        Set<String> names = stable.manifest().objects().stream()
                .map(RenderedObject::id)
                .collect(Collectors.toCollection(HashSet::new));
        canary.manifest().objects().stream()
                .map(RenderedObject::id)
                .filter(names::contains)
                .forEach(id -> problems.add(id + " is in the render of " + stable.release() + " and of "
                        + canary.release()
                        + ": names must derive from the release name, or slipway.canary: true must leave it out"));
    }

    private Optional<Backend> backend(Side side) {
        List<RenderedObject> services = side.manifest().objects().stream()
                .filter(o -> o.kind().equals("Service"))
                .toList();
        List<RenderedObject> marked = services.stream()
                .filter(s -> s.annotation(TRAFFIC).equals("true"))
                .toList();
        List<RenderedObject> candidates =
                marked.isEmpty() ? services.stream().filter(s -> !s.headless()).toList() : marked;
        if (candidates.size() > 1) {
            problems.add(side.release() + " has several Services ("
                    + candidates.stream().map(RenderedObject::name).collect(Collectors.joining(", "))
                    + "): annotate the one that serves traffic with " + TRAFFIC + ": \"true\"");
            return Optional.empty();
        }
        if (candidates.isEmpty()) {
            if (needsService) {
                problems.add(side.release() + " has no Service that traffic could be sent to");
            }
            return Optional.empty();
        }
        return backend(candidates.get(0));
    }

    private Optional<Backend> backend(RenderedObject service) {
        if (service.firstPort().isEmpty()) {
            problems.add(service.id() + " has no port");
            return Optional.empty();
        }
        return Optional.of(new Backend(service.name(), service.firstPort().getAsInt()));
    }

    private Verdict verdict(Side stable, Optional<Side> canary) {
        if (!problems.isEmpty()) {
            List<Evidence> evidence =
                    problems.stream().map(p -> Evidence.of("chart contract", p)).toList();
            return new Verdict.Failed("the chart breaks its contract: " + String.join("; ", problems), evidence);
        }
        List<Evidence> evidence = new ArrayList<>(List.of(seen(stable)));
        canary.ifPresent(side -> evidence.add(seen(side)));
        return new Verdict.Passed("", evidence);
    }

    private static Evidence seen(Side side) {
        return Evidence.of(
                "render " + side.release(),
                side.manifest().objects().size() + " objects, images "
                        + String.join(", ", side.manifest().images()));
    }
}
