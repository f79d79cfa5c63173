package dev.slipway.starter;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Version;
import dev.slipway.workflows.api.SearchAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** All releases that Temporal keeps, by its visibility: a second behind, but it needs no worker. */
@Component
class Catalogue {
    /** Runs that are looked at; those that run come first. */
    private static final int MOST_RUNS = 1000;

    private final WorkflowClient client;
    private final Temporal temporal;
    private final Links links;

    Catalogue(WorkflowClient client, Temporal temporal, Links links) {
        this.client = client;
        this.temporal = temporal;
        this.links = links;
    }

    /**
     * What is asked for; empty means any.
     *
     * @param environment releases that have reached it
     */
    record Filter(Optional<ServiceName> service, Optional<Phase> phase, Optional<EnvironmentName> environment) {}

    /** The latest attempt of each version, newest first. */
    List<ReleaseRow> list(Filter filter, Predicate<ReleaseId> readable, int limit) {
        String service = filter.service()
                .map(name -> " AND " + SearchAttributes.SERVICE.getName() + "='" + name + "'")
                .orElse("");
        Predicate<ReleaseId> reached =
                filter.environment().map(name -> reached(service, name)).orElse(any -> true);
        Map<ReleaseId, Run> latest = runs(
                "WorkflowType='Release'" + service,
                stream -> stream.map(Run::listed)
                        .collect(Collectors.toMap(Run::release, Function.identity(), Catalogue::later)));
        return latest.values().stream()
                .filter(run -> readable.test(run.release()) && reached.test(run.release()))
                .sorted(Comparator.comparing(Run::startedAt).reversed())
                .map(run -> ReleaseRow.of(run, links.of(run.release().toString(), run.runId())))
                .filter(row -> filter.phase()
                        .map(phase -> row.phase().equals(phase.name()))
                        .orElse(true))
                .limit(limit)
                .toList();
    }

    private Predicate<ReleaseId> reached(String service, EnvironmentName environment) {
        String query = "WorkflowType='Stage'" + service + " AND " + SearchAttributes.ENVIRONMENT.getName() + "='"
                + environment + "'";
        return runs(
                query,
                stages -> stages.flatMap(stage -> release(stage).stream()).collect(Collectors.toSet()))::contains;
    }

    private static Optional<ReleaseId> release(WorkflowExecutionMetadata stage) {
        String service = stage.getTypedSearchAttributes().get(SearchAttributes.SERVICE);
        String version = stage.getTypedSearchAttributes().get(SearchAttributes.VERSION);
        return service == null || version == null
                ? Optional.empty()
                : Optional.of(new ReleaseId(new ServiceName(service), new Version(version)));
    }

    private <T> T runs(String query, Function<Stream<WorkflowExecutionMetadata>, T> read) {
        return temporal.say(() -> {
            try (Stream<WorkflowExecutionMetadata> found = client.listExecutions(query)) {
                return read.apply(found.limit(MOST_RUNS));
            }
        });
    }

    private static Run later(Run a, Run b) {
        return a.startedAt().isAfter(b.startedAt()) ? a : b;
    }
}
