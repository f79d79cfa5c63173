package dev.slipway.workflows.release;

import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What dashboards know of a release, on the worker that runs it. Nobody has to be told for that, so nothing can be lost on
 * the way or arrive twice: a fact is counted when the workflow learns of it, and a replay counts nothing.
 */
final class Meters {
    private final Scope scope;
    private final String service;
    private final Map<EnvironmentName, Instant> asked = new HashMap<>();
    private final Map<EnvironmentName, Instant> stopped = new HashMap<>();
    private @Nullable Instant requested;

    Meters(String service) {
        this.service = service;
        this.scope = Workflow.getMetricsScope();
    }

    void count(List<Fact> facts) {
        facts.forEach(this::count);
    }

    private void count(Fact fact) {
        if (fact.environment().isEmpty()) {
            ofRelease(fact);
        } else {
            ofStage(fact, fact.environment().get());
        }
    }

    private void ofRelease(Fact fact) {
        if (fact.kind() == Fact.Kind.REQUESTED) {
            requested = fact.at();
        } else if (fact.kind() == Fact.Kind.ENDED) {
            count("slipway_release", Map.of("service", service, "outcome", detail(fact, "outcome")));
        }
    }

    private void ofStage(Fact fact, EnvironmentName environment) {
        switch (fact.kind()) {
            case ASKED -> asked.put(environment, fact.at());
            case DECIDED -> decided(fact, environment);
            case IGNORED, DENIED ->
                count(
                        "slipway_vote_refused",
                        tags(environment, "kind", fact.kind().name()));
            case JUDGED -> count("slipway_verdict", tags(environment, "verdict", detail(fact, "verdict")));
            case STOPPED -> stopped(fact, environment);
            case PUT_BACK -> putBack(fact, environment);
            case ENDED -> ended(fact, environment);
            case REQUESTED, MOVED -> {}
        }
    }

    private void decided(Fact fact, EnvironmentName environment) {
        if (detail(fact, "choice").equals("REJECT")) {
            waited(fact, environment, "REJECTED");
        } else if (detail(fact, "missing").equals("0")) {
            waited(fact, environment, "APPROVED");
        }
    }

    /** What was still asked then was not decided. */
    private void stopped(Fact fact, EnvironmentName environment) {
        stopped.putIfAbsent(environment, fact.at());
        waited(fact, environment, "NOBODY");
    }

    private void waited(Fact fact, EnvironmentName environment, String decision) {
        Instant since = asked.remove(environment);
        if (since != null) {
            time("slipway_approval_wait", tags(environment, "decision", decision), since, fact.at());
        }
    }

    private void putBack(Fact fact, EnvironmentName environment) {
        Map<String, String> tags = new HashMap<>(tags(environment, "result", detail(fact, "result")));
        tags.put("resource", detail(fact, "resource"));
        count("slipway_undo", tags);
    }

    private void ended(Fact fact, EnvironmentName environment) {
        String outcome = detail(fact, "outcome");
        count("slipway_deployment", tags(environment, "outcome", outcome));
        Instant broken = stopped.remove(environment);
        if (outcome.equals("PROMOTED") && requested != null) {
            time("slipway_lead_time", tags(environment), requested, fact.at());
        } else if (outcome.equals("ROLLED_BACK") && broken != null) {
            time("slipway_restore_time", tags(environment), broken, fact.at());
        }
    }

    private void count(String name, Map<String, String> tags) {
        scope.tagged(tags).counter(name).inc(1);
    }

    private void time(String name, Map<String, String> tags, Instant from, Instant to) {
        scope.tagged(tags).timer(name).record(Duration.ofMillis(to.toEpochMilli() - from.toEpochMilli()));
    }

    private Map<String, String> tags(EnvironmentName environment) {
        return Map.of("service", service, "environment", environment.value());
    }

    private Map<String, String> tags(EnvironmentName environment, String name, String value) {
        return Map.of("service", service, "environment", environment.value(), name, value);
    }

    private static String detail(Fact fact, String name) {
        return fact.details().getOrDefault(name, "");
    }
}
