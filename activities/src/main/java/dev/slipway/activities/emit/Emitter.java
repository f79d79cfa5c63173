package dev.slipway.activities.emit;

import dev.slipway.workflows.api.Emission;
import dev.slipway.workflows.api.Sinks;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tells facts as CDEvents to one receiver. */
public final class Emitter implements Sinks {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CdEvents events;
    private final EventReceiver receiver;

    Emitter(URI source, EventReceiver receiver) {
        this.events = new CdEvents(source);
        this.receiver = receiver;
    }

    /**
     * Over HTTP.
     *
     * @param token of the receiver, asked at each event; empty when it wants none
     * @param source this Slipway's address
     */
    public static Emitter to(URI address, Supplier<Optional<String>> token, URI source) {
        return new Emitter(source, new EventReceiver(address, token, PATIENCE));
    }

    @Override
    public void emit(Emission emission) {
        events.of(emission.batch()).forEach(receiver::take);
    }
}
