package dev.slipway.activities.orphan;

import dev.slipway.model.Environment;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ServiceName;
import dev.slipway.model.SlotId;
import dev.slipway.model.Version;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Orphans;
import dev.slipway.workflows.api.Remains;
import dev.slipway.workflows.api.Trace;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads Leases, Helm's Secrets, Jobs and HTTPRoutes of one namespace. Changes nothing. */
public final class OrphanActivities implements Orphans {
    /** A Helm operation that was begun tells its run, but not for which version. */
    private static final Version UNKNOWN = new Version("unknown");
    /** A run that Temporal never gives out. */
    private static final String NO_RUN = new UUID(0, 0).toString();

    private final KubernetesClient client;

    /** Acts with the rights of the client; it needs list on Leases, Secrets, Jobs and HTTPRoutes of the namespace. */
    public OrphanActivities(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public List<Trace> find(Environment environment) {
        List<Trace> traces = new ArrayList<>();
        new OpenClaims(client, environment.namespace())
                .all()
                .forEach((service, claim) -> traces.add(trace(environment, service, claim)));
        for (MarkedRoute route : MarkedRoute.all(client, environment.namespace())) {
            if (route.canary().isPresent()) {
                traces.add(
                        trace(environment, route.mark().release(), route.mark().run(), route.words()));
            }
        }
        for (MarkedJob job : MarkedJob.all(client, environment.namespace())) {
            traces.add(trace(environment, job.mark().release(), job.mark().run(), job.words()));
        }
        for (StoredRevision revision : new StoredRevisions(client, environment.namespace()).newest()) {
            trace(environment, revision, traces).ifPresent(traces::add);
        }
        return traces;
    }

    private static Trace trace(Environment environment, ServiceName service, Optional<Claim> readable) {
        return readable.map(claim -> trace(
                        environment, claim.stamp().release(), claim.stamp().stageRun(), OpenClaims.words(claim)))
                .orElseGet(() ->
                        trace(environment, new ReleaseId(service, UNKNOWN), NO_RUN, OpenClaims.unreadable(service)));
    }

    private static Optional<Trace> trace(Environment environment, StoredRevision revision, List<Trace> known) {
        if (revision.begun()) {
            return revision.labelledRun()
                    .map(run -> trace(environment, release(run, revision, known), run, revision.words()));
        }
        return Optional.of(revision)
                .filter(StoredRevision::canary)
                .flatMap(StoredRevision::mark)
                .map(mark -> trace(environment, mark.release(), mark.run(), revision.words()));
    }

    private static ReleaseId release(String run, StoredRevision revision, List<Trace> known) {
        return known.stream()
                .filter(trace -> trace.stageRun().equals(run))
                .map(Trace::release)
                .findFirst()
                .orElseGet(() -> new ReleaseId(new ServiceName(revision.stable()), UNKNOWN));
    }

    private static Trace trace(Environment environment, ReleaseId release, String run, String what) {
        return new Trace(new SlotId(release.service(), environment.name()), release, run, what);
    }

    @Override
    public Remains remains(Environment environment, ServiceName service) {
        OpenClaims claims = new OpenClaims(client, environment.namespace());
        Optional<Claim> claim = claims.of(service);
        List<Trace> traces = find(environment).stream()
                .filter(trace -> trace.slot().service().equals(service))
                .toList();
        Slot slot = new Slot(client, environment, traces, claims.epoch(service));
        return claim.isPresent() ? slot.of(claim.get()) : slot.ofMarks();
    }
}
