package dev.slipway.workflows.release;

import dev.slipway.model.Fact;
import dev.slipway.model.Outcome;
import dev.slipway.model.ReleaseView;
import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Emission;
import dev.slipway.workflows.api.RecordBatch;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.api.Sink;
import dev.slipway.workflows.api.Untold;
import dev.slipway.workflows.tell.Leftover;
import dev.slipway.workflows.tell.Listeners;
import dev.slipway.workflows.tell.Outbox;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who hears of a release: the records, the channel if there is one, and sinks. None ever holds it up, or another one. */
final class Tellings {
    private final ReleaseOrder order;
    private final Supplier<ReleaseView> view;
    private final String runId = Workflow.getInfo().getRunId();
    private final Outbox records = new Outbox(this::keep);
    private final Outbox channel = new Outbox(this::announce);
    private final Map<Sink, Outbox> sinks = new EnumMap<>(Sink.class);
    private final Meters meters;
    private boolean begun;
    private Optional<Announced> announced = Optional.empty();

    Tellings(ReleaseOrder order, Supplier<ReleaseView> view) {
        this.order = order;
        this.view = view;
        order.sinks().forEach(sink -> sinks.put(sink, new Outbox((first, facts) -> emit(sink, first, facts))));
        this.meters = new Meters(order.release().service().value());
    }

    /** Begins to tell, with who has requested what on which evidence. */
    void begin(List<SignedAttestation> evidence) {
        List<Fact> first = new ArrayList<>();
        first.add(fact(
                Fact.Kind.REQUESTED,
                order.release() + " attempt " + order.attempt() + " requested by " + order.requestedBy()
                        + (order.authors().none() ? "" : ", written by " + order.authors()),
                requested()));
        evidence.forEach(signed -> first.addAll(Testimony.facts(signed)));
        begun = true;
        add(first);
        records.begin();
        if (order.channel().isPresent()) {
            channel.begin();
        }
        sinks.values().forEach(Outbox::begin);
    }

    /** Evidence was handed in; what came before the beginning is told with it. */
    void attested(SignedAttestation signed) {
        if (begun) {
            add(Testimony.facts(signed));
        }
    }

    void add(List<Fact> facts) {
        meters.count(facts);
        records.add(facts);
        if (order.channel().isPresent()) {
            channel.add(facts);
        }
        sinks.values().forEach(sink -> sink.add(facts));
    }

    /** The last fact; what has not been heard when it is time to go is told by a workflow of its own. */
    void end(Outcome outcome) {
        add(List.of(fact(Fact.Kind.ENDED, outcome.words(), Map.of("outcome", outcome.word()))));
        List<Promise<Void>> ends = new ArrayList<>();
        ends.add(Async.procedure(records::end));
        ends.add(Async.procedure(channel::end));
        sinks.values().forEach(sink -> ends.add(Async.procedure(sink::end)));
        Promise.allOf(ends).get();
        Untold untold = untold();
        if (!untold.nothing()) {
            Leftover.tell("what could not be told of " + order.release(), untold);
        }
    }

    private Untold untold() {
        List<RecordBatch> batches =
                records.rest().isEmpty() ? List.of() : List.of(batch(records.first(), records.rest()));
        Optional<Announcement> announcement = order.channel()
                .filter(id -> !channel.rest().isEmpty())
                .map(id -> announcement(id, channel.first(), channel.rest()));
        List<Emission> emissions = sinks.entrySet().stream()
                .filter(sink -> !sink.getValue().rest().isEmpty())
                .map(sink -> new Emission(
                        sink.getKey(),
                        batch(sink.getValue().first(), sink.getValue().rest())))
                .toList();
        return new Untold(batches, announcement, emissions, List.of());
    }

    private void keep(long first, List<Fact> facts) {
        Listeners.records().append(batch(first, facts));
    }

    private void emit(Sink sink, long first, List<Fact> facts) {
        Listeners.sinks().emit(new Emission(sink, batch(first, facts)));
    }

    private void announce(long first, List<Fact> facts) {
        announced = Optional.of(
                Listeners.announcer().announce(announcement(order.channel().orElseThrow(), first, facts)));
    }

    private RecordBatch batch(long first, List<Fact> facts) {
        return new RecordBatch(runId, first, facts, view.get());
    }

    private Announcement announcement(String id, long first, List<Fact> facts) {
        return new Announcement(id, runId, first, view.get(), facts, announced);
    }

    private Map<String, String> requested() {
        Map<String, String> details = new HashMap<>();
        details.put("by", order.requestedBy().subject());
        details.put("attempt", Integer.toString(order.attempt()));
        details.put("fingerprint", order.digests().fingerprint().value());
        details.put("bundle", order.bundle().digest().value());
        details.put("chart", order.digests().chart().value());
        details.put("image", order.digests().image().value());
        details.put("values", order.digests().values().value());
        details.put("pipeline", order.digests().pipeline().value());
        if (!order.authors().none()) {
            details.put("authors", String.join(", ", order.authors().names()));
        }
        return details;
    }

    private static Fact fact(Fact.Kind kind, String what, Map<String, String> details) {
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        return new Fact(now, Optional.empty(), kind, what, details, List.of());
    }
}
