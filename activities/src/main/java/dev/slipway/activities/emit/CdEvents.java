package dev.slipway.activities.emit;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import dev.slipway.workflows.api.RecordBatch;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Facts in the words of CDEvents 0.4.1: a release is a run of its service's pipeline, a stage that ends a deployment. What a
 * stage found out, and what it put back, is an incident that begins where the verdict was and ends where everything was as
 * before; what a person has to look at is one that has not ended. Facts that CDEvents has no word for are left out.
 */
final class CdEvents {
    private final URI source;

    /**
     * @param source what the events name as theirs, with nothing behind its path
     */
    CdEvents(URI source) {
        this.source = source;
    }

    /** In the order of the facts; the same for the same batch, whoever asks and whenever. */
    List<CloudEvent> of(RecordBatch batch) {
        List<CloudEvent> events = new ArrayList<>();
        long number = batch.first();
        for (Fact fact : batch.facts()) {
            Told told = new Told(batch, number++, fact, events);
            if (fact.kind() == Fact.Kind.REQUESTED) {
                told.requested();
            } else if (fact.kind() == Fact.Kind.ENDED) {
                fact.environment().ifPresentOrElse(told::ended, told::finished);
            }
        }
        return events;
    }

    /** One fact, and where what it becomes goes. */
    private final class Told {
        private final ReleaseView view;
        private final RecordBatch batch;
        private final long number;
        private final Fact fact;
        private final List<CloudEvent> events;

        Told(RecordBatch batch, long number, Fact fact, List<CloudEvent> events) {
            this.view = batch.view();
            this.batch = batch;
            this.number = number;
            this.fact = fact;
            this.events = events;
        }

        void requested() {
            add("pipelineRun", "started", run(), fact.at(), Map.of("pipelineName", service(), "url", url()));
        }

        void finished() {
            Map<String, Object> content = Map.of(
                    "pipelineName",
                    service(),
                    "url",
                    url(),
                    "outcome",
                    outcome().equals("PROMOTED") ? "success" : unclear() ? "error" : "failure",
                    "errors",
                    outcome().equals("PROMOTED") ? "" : fact.what());
            add("pipelineRun", "finished", run(), fact.at(), content);
        }

        void ended(EnvironmentName environment) {
            Optional<StageView> stage = view.stages().stream()
                    .filter(one -> one.environment().equals(environment))
                    .findFirst();
            boolean putBack = stage.stream()
                    .flatMap(one -> one.undo().stream())
                    .anyMatch(undo -> undo.state().equals("RESTORED"));
            if (outcome().equals("PROMOTED")) {
                add("service", "deployed", service(), fact.at(), deployment(environment));
            } else if (putBack && !unclear()) {
                add("service", "rolledback", service(), fact.at(), deployment(environment));
            }
            if (outcome().equals("ROLLED_BACK") && putBack) {
                add("incident", "detected", incident(environment), failedAt(stage), trouble(environment));
                add("incident", "resolved", incident(environment), fact.at(), trouble(environment));
            } else if (unclear()) {
                add("incident", "detected", incident(environment), fact.at(), trouble(environment));
            }
        }

        private Instant failedAt(Optional<StageView> stage) {
            return stage.stream()
                    .flatMap(one -> one.steps().stream())
                    .filter(step -> "FAILED".equals(step.verdict()))
                    .map(StepView::endedAt)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(fact.at());
        }

        private void add(String subject, String predicate, String id, Instant at, Map<String, Object> content) {
            String type = "dev.cdevents." + subject.toLowerCase(Locale.ROOT) + "." + predicate + ".0.2.0";
            Map<String, String> release = Map.of(
                    "release", view.release().toString(),
                    "version", view.version().value(),
                    "attempt", Integer.toString(view.attempt()),
                    "outcome", outcome(),
                    "what", fact.what());
            events.add(new CloudEvent(
                    batch.runId() + "-" + number + "-" + predicate,
                    source,
                    type,
                    at,
                    batch.runId(),
                    new CloudEvent.Subject(id, subject, content),
                    release));
        }

        private String service() {
            return view.service().value();
        }

        private String outcome() {
            return fact.details().getOrDefault("outcome", "");
        }

        /** What is there now is not what was there before, nor what should be. */
        private boolean unclear() {
            return outcome().equals("INTERFERED") || outcome().equals("LEFT_AS_IS");
        }

        private String run() {
            return view.release() + "/" + view.attempt();
        }

        private String incident(EnvironmentName environment) {
            return run() + "/" + environment;
        }

        private String url() {
            return source + "/api/v1/releases/"
                    + URLEncoder.encode(view.release().toString(), StandardCharsets.UTF_8);
        }

        private Map<String, Object> deployment(EnvironmentName environment) {
            return Map.of("environment", Map.of("id", environment.value()), "artifactId", PackageUrl.of(view));
        }

        private Map<String, Object> trouble(EnvironmentName environment) {
            return Map.of(
                    "description",
                    fact.what(),
                    "environment",
                    Map.of("id", environment.value()),
                    "service",
                    Map.of("id", service()),
                    "artifactId",
                    PackageUrl.of(view));
        }
    }
}
