package dev.slipway.activities.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.workflows.api.RecordBatch;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts facts as CDEvents, one by one. What is refused for good is an error in the log and is not tried again. */
public final class EventReceiver implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectMapper json = new ObjectMapper();
    private final Exchange exchange;
    private final URI address;
    private final Supplier<Optional<String>> token;
    private final CdEvents events;

    /**
     * @param token asked at each event; sent as a bearer token when there is one
     * @param source this Slipway's address, with nothing behind its path
     */
    public EventReceiver(URI address, Supplier<Optional<String>> token, URI source) {
        this(address, token, source, PATIENCE);
    }

    EventReceiver(URI address, Supplier<Optional<String>> token, URI source, Duration patience) {
        this.address = address;
        this.token = token;
        this.events = new CdEvents(source);
        this.exchange = new Exchange("the receiver of events at " + address.getHost(), patience);
    }

    @Override
    public void hear(RecordBatch batch) {
        events.of(batch).forEach(this::take);
    }

    /** Returns when it is there, or refused for good. */
    void take(CloudEvent event) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/cloudevents+json; charset=UTF-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body(event)));
        token.get().ifPresent(bearer -> request.header("Authorization", "Bearer " + bearer));
        HttpResponse<Void> answer = exchange.send(request.build(), HttpResponse.BodyHandlers.discarding());
        if (!Exchange.accepted(answer)) {
            LOG.error(
                    "{} refuses event {} ({}) with {}: it is lost there",
                    exchange,
                    event.id(),
                    event.type(),
                    answer.statusCode());
        }
    }

    private byte[] body(CloudEvent event) {
        try {
            return json.writeValueAsBytes(event.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts are always JSON", e);
        }
    }
}
