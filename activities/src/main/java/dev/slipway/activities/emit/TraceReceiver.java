package dev.slipway.activities.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.OneLine;
import dev.slipway.workflows.api.RecordBatch;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what of a release has ended as spans, by OTLP over HTTP in JSON, a request for each batch that has any. What is refused
 * for good, wholly or in part, is an error in the log and is not tried again.
 */
public final class TraceReceiver implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(TraceReceiver.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectMapper json = new ObjectMapper();
    private final Exchange exchange;
    private final URI address;
    private final Supplier<Map<String, String>> headers;
    private final String runUrl;

    /**
     * @param address used as it is, so with {@code /v1/traces}
     * @param headers asked at each request; what the receiver wants to know its sender by
     * @param runUrl where people read on, {@code {release}} in it; none when empty
     */
    public TraceReceiver(URI address, Supplier<Map<String, String>> headers, String runUrl) {
        this(address, headers, runUrl, PATIENCE);
    }

    TraceReceiver(URI address, Supplier<Map<String, String>> headers, String runUrl, Duration patience) {
        this.address = address;
        this.headers = headers;
        this.runUrl = runUrl;
        this.exchange = new Exchange("the receiver of traces at " + address.getHost(), patience);
    }

    @Override
    public void hear(RecordBatch batch) {
        ReleaseSpans release = new ReleaseSpans(batch, runUrl);
        List<Span> spans = release.spans();
        if (spans.isEmpty()) {
            return;
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.ofByteArray(body(release, spans)));
        headers.get().forEach(request::setHeader);
        request.setHeader("Content-Type", "application/json");
        HttpResponse<String> answer = exchange.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (!Exchange.accepted(answer)) {
            LOG.error(
                    "{} refuses {} spans of {} with {}: they are lost there",
                    exchange,
                    spans.size(),
                    batch.view().release(),
                    answer.statusCode());
        } else {
            accepted(answer.body(), batch);
        }
    }

    /** An acceptance may leave some out; what is no JSON leaves out nothing that it says. */
    private void accepted(String body, RecordBatch batch) {
        JsonNode partly;
        try {
            partly = json.readTree(body).path("partialSuccess");
        } catch (JsonProcessingException e) {
            return;
        }
        long rejected = partly.path("rejectedSpans").asLong();
        if (rejected > 0) {
            LOG.error(
                    "{} refuses {} spans of {}, they are lost there: {}",
                    exchange,
                    rejected,
                    batch.view().release(),
                    OneLine.of(partly.path("errorMessage").asText()));
        }
    }

    private byte[] body(ReleaseSpans release, List<Span> spans) {
        Map<String, Object> scope = Map.of(
                "scope",
                Map.of("name", "dev.slipway"),
                "spans",
                spans.stream().map(Span::json).toList());
        Map<String, Object> resource = Map.of("attributes", Span.attributes(release.resource()));
        try {
            return json.writeValueAsBytes(
                    Map.of("resourceSpans", List.of(Map.of("resource", resource, "scopeSpans", List.of(scope)))));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers are always JSON", e);
        }
    }
}
