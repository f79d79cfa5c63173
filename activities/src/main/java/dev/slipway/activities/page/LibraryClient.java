package dev.slipway.activities.page;

import com.github.dikhan.pagerduty.client.events.PagerDutyEventsClient;
import com.github.dikhan.pagerduty.client.events.domain.ChangeEvent;
import com.github.dikhan.pagerduty.client.events.domain.ChangeEventPayload;
import com.github.dikhan.pagerduty.client.events.domain.EventResult;
import com.github.dikhan.pagerduty.client.events.domain.LinkContext;
import com.github.dikhan.pagerduty.client.events.domain.Payload;
import com.github.dikhan.pagerduty.client.events.domain.ResolveIncident;
import com.github.dikhan.pagerduty.client.events.domain.Severity;
import com.github.dikhan.pagerduty.client.events.domain.TriggerIncident;
import com.github.dikhan.pagerduty.client.events.exceptions.NotifyEventException;
import com.mashape.unirest.http.Unirest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.apache.http.HttpResponseInterceptor;
import org.apache.http.client.HttpClient;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.HttpClientBuilder;
import org.json.JSONObject;

/**
 * PagerDuty by pagerduty-client. What that library says came of a call is not relied upon: it takes 200 for an acceptance,
 * hides Retry-After, and throws what it likes when the body is no JSON. So the status is read where it arrives, below the
 * library, in the HTTP client that is put under it.
 */
final class LibraryClient implements PagerDutyClient {
    private static final int CONNECTIONS = 20;
    private static final long IDLE_SECONDS = 30;
    /** The library keeps its HTTP client in a static place, so what arrives there is told by thread. */
    private static final ThreadLocal<Answer> ARRIVED = new ThreadLocal<>();

    private final PagerDutyEventsClient client;

    LibraryClient(URI events, URI changes, Duration answer) {
        client = PagerDutyEventsClient.create(events.toString(), changes.toString(), false);
        // after the library is made: making it gives Unirest a client of its own
        Unirest.setHttpClient(http(answer));
    }

    /** With limits, which Unirest has not below a minute; one call is one request. */
    private static HttpClient http(Duration answer) {
        RequestConfig limits = RequestConfig.custom()
                .setConnectionRequestTimeout((int) CONNECT.toMillis())
                .setConnectTimeout((int) CONNECT.toMillis())
                .setSocketTimeout((int) answer.toMillis())
                .build();
        return HttpClientBuilder.create()
                .setDefaultRequestConfig(limits)
                .setMaxConnTotal(CONNECTIONS)
                .setMaxConnPerRoute(CONNECTIONS)
                .setConnectionTimeToLive(IDLE_SECONDS, TimeUnit.SECONDS)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .addInterceptorLast((HttpResponseInterceptor) (response, context) -> ARRIVED.set(head(response)))
                .build();
    }

    private static Answer head(HttpResponse response) {
        Optional<String> retryAfter =
                Optional.ofNullable(response.getFirstHeader("Retry-After")).map(Header::getValue);
        return new Answer(response.getStatusLine().getStatusCode(), retryAfter, "");
    }

    @Override
    public Answer trigger(RoutingKey key, Notice.Trigger trigger) throws IOException {
        Payload.Builder payload = Payload.Builder.newBuilder()
                .setSummary(trigger.summary())
                .setSource(trigger.source())
                .setSeverity(Severity.valueOf(trigger.severity().toUpperCase(Locale.ROOT)));
        if (!trigger.component().isEmpty()) {
            // the library writes null for what is not set, and a date is the one field that might not bear it
            payload.setTimestamp(withSeconds(Instant.now()))
                    .setComponent(trigger.component())
                    .setGroup(trigger.group())
                    .setEventClass(trigger.kind())
                    .setCustomDetails(new JSONObject(trigger.details()));
        }
        TriggerIncident.TriggerIncidentBuilder incident =
                TriggerIncident.TriggerIncidentBuilder.newBuilder(key.value(), payload.build());
        incident.setDedupKey(trigger.dedupKey());
        incident.setClient(NAME);
        if (!trigger.links().isEmpty()) {
            incident.setLinks(contexts(trigger.links()));
        }
        return send(() -> client.trigger(incident.build()));
    }

    @Override
    public Answer resolve(RoutingKey key, Notice.Resolve resolve) throws IOException {
        ResolveIncident incident = ResolveIncident.ResolveIncidentBuilder.newBuilder(key.value(), resolve.dedupKey())
                .build();
        return send(() -> client.resolve(incident));
    }

    @Override
    public Answer change(RoutingKey key, Notice.ChangeNote change) throws IOException {
        ChangeEventPayload payload = ChangeEventPayload.Builder.newBuilder()
                .setSummary(change.summary())
                .setSource(change.source())
                .setTimestamp(withSeconds(change.at()))
                .setCustomDetails(new JSONObject(change.details()))
                .build();
        ChangeEvent event = ChangeEvent.ChangeEventBuilder.newBuilder(key.value(), payload)
                .setLinks(contexts(change.links()))
                .build();
        return send(() -> client.trackChange(event));
    }

    /** The library writes a full minute without its seconds, which RFC 3339 does not know: it is a millisecond later then. */
    private static OffsetDateTime withSeconds(Instant at) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        return (at.equals(minute) ? at.plusMillis(1) : at).atOffset(ZoneOffset.UTC);
    }

    private static List<LinkContext> contexts(List<Link> links) {
        return links.stream()
                .map(link -> new LinkContext(link.href(), link.text()))
                .toList();
    }

    /** A call of the library. */
    private interface Call {
        EventResult make() throws NotifyEventException;
    }

    private static Answer send(Call call) throws IOException {
        ARRIVED.remove();
        String words;
        try {
            words = String.valueOf(call.make());
        } catch (NotifyEventException | RuntimeException e) {
            words = String.valueOf(e.getMessage());
        }
        Answer arrived = ARRIVED.get();
        if (arrived == null) {
            throw new IOException(words);
        }
        return new Answer(arrived.status(), arrived.retryAfter(), words);
    }
}
