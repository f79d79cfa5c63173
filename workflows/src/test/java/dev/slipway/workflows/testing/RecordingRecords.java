package dev.slipway.workflows.testing;

import dev.slipway.model.Fact;
import dev.slipway.model.Recovery;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.RecoveryBatch;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Records that keep each fact once by its number, and may be away. */
public final class RecordingRecords implements Records {
    private final Map<String, Map<Long, Fact>> runs = new TreeMap<>();
    private final List<RecordBatch> batches = new ArrayList<>();
    private final List<Recovery> recoveries = new ArrayList<>();
    private boolean away;
    private boolean contradicted;
    private int refused;

    @Override
    public synchronized void append(RecordBatch batch) {
        refuse();
        batches.add(batch);
        keep(batch.runId(), batch.first(), batch.facts());
    }

    @Override
    public synchronized void appendRecovery(RecoveryBatch batch) {
        refuse();
        recoveries.add(batch.recovery());
        keep(batch.recovery().runId(), batch.first(), batch.facts());
    }

    private void refuse() {
        if (away) {
            refused++;
            throw new IllegalStateException("the database is away");
        }
        if (contradicted) {
            refused++;
            throw ApplicationFailure.newNonRetryableFailure("comes again with other content", "RecordsContradict");
        }
    }

    private void keep(String run, long first, List<Fact> facts) {
        Map<Long, Fact> kept = runs.computeIfAbsent(run, any -> new TreeMap<>());
        long number = first;
        for (Fact fact : facts) {
            kept.putIfAbsent(number++, fact);
        }
    }

    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** They refuse for good whatever comes from now on. */
    public synchronized void contradicted() {
        contradicted = true;
    }

    /** How often they did not keep what they were told. */
    public synchronized int refused() {
        return refused;
    }

    /** How often they were written to. */
    public synchronized int writes() {
        return batches.size();
    }

    /** Each recovery as it was told last, in the order of their ends. */
    public synchronized List<Recovery> recoveries() {
        Map<String, Recovery> latest = new LinkedHashMap<>();
        recoveries.forEach(recovery -> latest.put(recovery.runId(), recovery));
        return List.copyOf(latest.values());
    }

    /** Of one run, in order; such as {@link #facts()}. */
    public synchronized List<String> facts(String run) {
        return runs.getOrDefault(run, Map.of()).values().stream()
                .map(fact -> fact.kind() + " " + fact.what())
                .toList();
    }

    /** Of all runs, in order; such as {@code DECIDED approver-1 approved at production/go}. */
    public synchronized List<String> facts() {
        return runs.values().stream()
                .flatMap(kept -> kept.values().stream())
                .map(fact -> fact.kind() + " " + fact.what())
                .toList();
    }

    /** Of this kind. */
    public synchronized List<Fact> of(Fact.Kind kind) {
        return runs.values().stream()
                .flatMap(kept -> kept.values().stream())
                .filter(fact -> fact.kind() == kind)
                .toList();
    }

    /** What of this kind was written of one release. */
    public synchronized List<String> of(String release, Fact.Kind kind) {
        return batches.stream()
                .filter(batch -> batch.view().release().toString().equals(release))
                .flatMap(batch -> batch.facts().stream())
                .filter(fact -> fact.kind() == kind)
                .map(Fact::what)
                .toList();
    }

    /** The numbers of the facts of the only run. */
    public synchronized List<Long> numbers() {
        return runs.values().stream().flatMap(kept -> kept.keySet().stream()).toList();
    }
}
