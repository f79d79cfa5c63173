package dev.slipway.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/** The lab's PagerDuty, which calls nobody: what it was told about one release. */
final class OnCall {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OnCall() {}

    /** What people would have seen of one page, such as {@code trigger critical}, {@code resolve}, in this order. */
    static List<String> page(String release, String kind) {
        String key = "page:" + release + ":" + kind;
        return StreamSupport.stream(events().spliterator(), false)
                .filter(e -> e.path("status").asInt() == 202)
                .map(e -> e.path("event"))
                .filter(e -> e.path("dedup_key").asText().equals(key))
                .map(OnCall::words)
                .toList();
    }

    /** The changes of a release that people would have seen. */
    static List<String> changes(String release) {
        return StreamSupport.stream(events().spliterator(), false)
                .filter(e -> e.path("status").asInt() == 202)
                .filter(e -> e.path("path").asText().equals("/v2/change/enqueue"))
                .map(e -> e.path("event").path("payload").path("summary").asText())
                .filter(summary -> summary.contains(release))
                .toList();
    }

    /** How often something about this release was turned away. */
    static long turnedAway(String release) {
        return StreamSupport.stream(events().spliterator(), false)
                .filter(e -> e.path("status").asInt() == 503)
                .filter(e -> e.path("event").toString().contains(release))
                .count();
    }

    /** Nothing that is sent arrives, until it is back. */
    static void away() {
        post("/away");
    }

    static void back() {
        post("/back");
    }

    private static void post(String what) {
        URI uri = URI.create(Lab.need("PAGERDUTY_URL") + what);
        try {
            HttpResponse<Void> unused = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(uri)
                                    .POST(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new AssertionError("the lab's PagerDuty does not answer at " + uri, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String words(JsonNode event) {
        String action = event.path("event_action").asText();
        return action.equals("trigger")
                ? action + " " + event.path("payload").path("severity").asText()
                : action;
    }

    /** Waits until that much of a page has come: the reaper that finds what is left behind looks every 20 s here. */
    static void await(String release, String kind, int events) {
        Eventually.holds(
                "the page " + kind + " of " + release + " has " + events + " events",
                Duration.ofMinutes(4),
                () -> page(release, kind).size() >= events);
    }

    private static JsonNode events() {
        URI all = URI.create(Lab.need("PAGERDUTY_URL") + "/events");
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(all).build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError("the lab's PagerDuty does not answer at " + all, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
