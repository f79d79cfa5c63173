package dev.slipway.activities.emit;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.model.UndoView;
import dev.slipway.workflows.api.RecordBatch;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What of a release has ended, as spans by OpenTelemetry's conventions for CI/CD: the attempt is a run of its service's
 * pipeline, a stage a task of it, and what a stage did and undid are tasks of the stage. A stage is told with all that is in it
 * when it has ended, the attempt when it has: nothing is ever open.
 */
final class ReleaseSpans {
    private static final Set<String> DEPLOYS = Set.of("rolling", "canary", "ramp", "promote");
    private static final Set<String> TESTS = Set.of("soak", "check.http");

    private final RecordBatch batch;
    private final ReleaseView view;
    private final String url;

    /**
     * @param runUrl where people read on, {@code {release}} in it; none when empty
     */
    ReleaseSpans(RecordBatch batch, String runUrl) {
        this.batch = batch;
        this.view = batch.view();
        this.url = runUrl.replace("{release}", URLEncoder.encode(view.release().toString(), StandardCharsets.UTF_8));
    }

    /** Who tells, and of which run; the same for all spans. */
    Map<String, Object> resource() {
        Map<String, Object> resource = new LinkedHashMap<>();
        resource.put("service.name", "slipway");
        resource.put("cicd.pipeline.name", view.service().value());
        resource.put("cicd.pipeline.run.id", batch.runId());
        if (!url.isEmpty()) {
            resource.put("cicd.pipeline.run.url.full", url);
        }
        return resource;
    }

    /** In the order of the facts; the same for the same facts, in however many batches they come. */
    List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        for (Fact fact : batch.facts()) {
            if (fact.kind() == Fact.Kind.ENDED) {
                fact.environment()
                        .ifPresentOrElse(
                                environment -> new Stage(environment, fact).addTo(spans),
                                () -> spans.add(release(fact)));
            }
        }
        return spans;
    }

    private Span release(Fact fact) {
        Ending ending = ending(fact);
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("cicd.pipeline.action.name", "RUN");
        attributes.put("cicd.pipeline.result", ending.result());
        attributes.putAll(released(fact));
        return new Span(
                batch.runId(),
                "",
                null,
                "RUN " + view.service(),
                Objects.requireNonNullElse(view.startedAt(), fact.at()),
                fact.at(),
                ending,
                fact.what(),
                attributes);
    }

    /** A stage that has ended. */
    private final class Stage {
        private final EnvironmentName environment;
        private final Fact fact;
        private final StageView stage;

        Stage(EnvironmentName environment, Fact fact) {
            this.environment = environment;
            this.fact = fact;
            this.stage = view.stages().stream()
                    .filter(one -> one.environment().equals(environment))
                    .findFirst()
                    .orElseGet(() -> StageView.pending(environment));
        }

        void addTo(List<Span> spans) {
            spans.add(itself());
            stage.steps().forEach(step -> step(step, spans));
            stage.undo().forEach(undo -> undo(undo, spans));
        }

        private Span itself() {
            Ending ending = ending(fact);
            Map<String, Object> attributes = task(environment.value(), environment.value(), ending);
            attributes.put("cicd.pipeline.task.type", "deploy");
            attributes.put("deployment.id", id(environment.value()));
            attributes.put("deployment.name", view.service().value());
            if (ending.error() != null) {
                attributes.put("deployment.status", "failed");
            } else if (ending.result().equals("success")) {
                attributes.put("deployment.status", "succeeded");
            }
            attributes.putAll(released(fact));
            return new Span(
                    batch.runId(),
                    environment.value(),
                    "",
                    "stage " + environment,
                    started(),
                    fact.at(),
                    ending,
                    fact.what(),
                    attributes);
        }

        /** When its first step began: what it waited for its slot is not in it. */
        private Instant started() {
            return Stream.concat(
                            stage.steps().stream().map(StepView::startedAt),
                            stage.undo().stream().map(UndoView::startedAt))
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(fact.at());
        }

        private void step(StepView step, List<Span> spans) {
            String path = environment + "/step/" + step.name();
            Ending ending = Ending.ofStep(step.state(), step.verdict());
            Map<String, Object> attributes = task(step.name(), path, ending);
            if (DEPLOYS.contains(step.kind())) {
                attributes.put("cicd.pipeline.task.type", "deploy");
            } else if (TESTS.contains(step.kind())) {
                attributes.put("cicd.pipeline.task.type", "test");
            }
            attributes.put("slipway.step.kind", step.kind());
            if (step.verdict() != null) {
                attributes.put("slipway.verdict", step.verdict());
            }
            add(path, step.name(), step.startedAt(), step.endedAt(), ending, attributes, spans);
        }

        private void undo(UndoView undo, List<Span> spans) {
            String path = environment + "/undo/" + undo.resource();
            String name = "undo " + undo.resource().name().toLowerCase(Locale.ROOT);
            Ending ending = Ending.ofUndo(undo.state());
            Map<String, Object> attributes = task(name, path, ending);
            attributes.put("cicd.pipeline.task.type", "deploy");
            attributes.put("slipway.undo.result", undo.state());
            add(path, name, undo.startedAt(), undo.endedAt(), ending, attributes, spans);
        }

        /** What never began is left out. Why it ended so, too: it may be what a person typed. */
        private void add(
                String path,
                String name,
                @Nullable Instant started,
                @Nullable Instant ended,
                Ending ending,
                Map<String, Object> attributes,
                List<Span> spans) {
            if (started != null) {
                Instant end = Objects.requireNonNullElse(ended, fact.at());
                spans.add(
                        new Span(batch.runId(), path, environment.value(), name, started, end, ending, "", attributes));
            }
        }

        private Map<String, Object> task(String name, String path, Ending ending) {
            Map<String, Object> attributes = new LinkedHashMap<>();
            attributes.put("cicd.pipeline.task.name", name);
            attributes.put("cicd.pipeline.task.run.id", id(path));
            attributes.put("cicd.pipeline.task.run.result", ending.result());
            if (!url.isEmpty()) {
                attributes.put("cicd.pipeline.task.run.url.full", url);
            }
            attributes.put("deployment.environment.name", environment.value());
            return attributes;
        }
    }

    private Map<String, Object> released(Fact fact) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("artifact.version", view.version().value());
        attributes.put("artifact.purl", PackageUrl.of(view));
        attributes.put("slipway.release", view.release().toString());
        attributes.put("slipway.attempt", view.attempt());
        attributes.put("slipway.outcome", outcome(fact));
        return attributes;
    }

    private static Ending ending(Fact fact) {
        return Ending.ofOutcome(outcome(fact));
    }

    private static String outcome(Fact fact) {
        return fact.details().getOrDefault("outcome", "");
    }

    private String id(String path) {
        return view.release() + "/" + view.attempt() + "/" + path;
    }
}
