package dev.slipway.workflows.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * PagerDuty's Events API v2 as it is on the wire, misbehaving on demand: {@code POST /v2/enqueue} and
 * {@code POST /v2/change/enqueue}; {@code GET /events} tells what came, {@code POST /away} begins an outage that {@code POST /back}
 * ends. It needs nothing but a JDK, so that the lab runs
 * this very file: {@code java FakePagerDuty.java PORT}.
 */
public final class FakePagerDuty implements AutoCloseable {
    private static final int LARGEST = 512 * 1024;
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_SUMMARY = 1024;
    private static final Fault AWAY = new Fault(503, "", "{\"status\":\"service unavailable\"}", false);
    private static final List<String> ACTIONS = List.of("trigger", "acknowledge", "resolve");
    private static final List<String> SEVERITIES = List.of("critical", "error", "warning", "info");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Event> events = new ArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private boolean away;

    /**
     * Something that was sent.
     *
     * @param status what it was answered with, 0 when it was not answered
     */
    public record Event(String path, int status, String body) {
        /** The text of a field, wherever it stands in the body. */
        public Optional<String> text(String field) {
            Matcher found = Pattern.compile("\"" + field + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"")
                    .matcher(body);
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
    }

    /**
     * What becomes of one request instead of the usual answer.
     *
     * @param status 0 closes the connection without an answer, -1 never answers
     * @param retryAfter the header, absent when empty
     * @param accepts whether the event counts although the answer says something else, or is lost
     */
    private record Fault(int status, String retryAfter, String body, boolean accepts) {}

    public FakePagerDuty() {
        this(0);
    }

    /**
     * @param port 0 for any that is free
     */
    public FakePagerDuty(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** Runs until it is killed, on the port that it is given. */
    public static void main(String[] arguments) {
        FakePagerDuty fake = new FakePagerDuty(Integer.parseInt(arguments[0]));
        System.out.println("a PagerDuty that calls nobody: " + fake.at("/events"));
    }

    public URI events() {
        return at("/v2/enqueue");
    }

    public URI changes() {
        return at("/v2/change/enqueue");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Answers the next request with this status. */
    public FakePagerDuty answering(int status, String body) {
        return misbehaving(new Fault(status, "", body, false));
    }

    /** Answers the next request with "too many", and when to come again; empty says nothing of that. */
    public FakePagerDuty tooMany(String retryAfter) {
        return misbehaving(new Fault(429, retryAfter, "{\"status\":\"throttle exceeded\"}", false));
    }

    /** Closes the connection of the next request without an answer, and has not heard it. */
    public FakePagerDuty hangingUp() {
        return misbehaving(new Fault(0, "", "", false));
    }

    /** Accepts the next request and closes its connection without an answer: the sender cannot know. */
    public FakePagerDuty losingTheAnswer() {
        return misbehaving(new Fault(0, "", "", true));
    }

    /** Never answers the next request. */
    public FakePagerDuty silent() {
        return misbehaving(new Fault(-1, "", "", false));
    }

    private synchronized FakePagerDuty misbehaving(Fault fault) {
        faults.add(fault);
        return this;
    }

    /** All that came, whatever it was answered with. */
    public synchronized List<Event> received() {
        return List.copyOf(events);
    }

    /** What PagerDuty has, in the order in which it came. */
    public synchronized List<Event> accepted() {
        return events.stream().filter(e -> e.status() == 202).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, path.equals("/events") ? listed() : "{\"status\":\"UP\"}");
            return;
        }
        if (path.equals("/away") || path.equals("/back")) {
            away(path.equals("/away"));
            send(exchange, 200, "{}");
            return;
        }
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        Event asked = new Event(path, 0, new String(bytes, StandardCharsets.UTF_8));
        Optional<Fault> fault = nextFault();
        if (fault.isPresent()) {
            misbehave(exchange, asked, fault.get());
            return;
        }
        List<String> errors = errors(asked, bytes.length);
        int status = errors.isEmpty() ? 202 : 400;
        keep(asked, status);
        send(exchange, status, errors.isEmpty() ? processed(asked) : invalid(errors));
    }

    private void misbehave(HttpExchange exchange, Event asked, Fault fault) throws IOException {
        keep(asked, fault.accepts() ? 202 : Math.max(0, fault.status()));
        if (fault.status() < 0) {
            awaitClosed();
        }
        if (fault.status() <= 0) {
            exchange.close();
            return;
        }
        if (!fault.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", fault.retryAfter());
        }
        send(exchange, fault.status(), fault.body());
    }

    private void awaitClosed() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Fault> nextFault() {
        return away ? Optional.of(AWAY) : Optional.ofNullable(faults.poll());
    }

    private synchronized void away(boolean away) {
        this.away = away;
    }

    private synchronized void keep(Event event, int status) {
        events.add(new Event(event.path(), status, event.body()));
    }

    /** What the real one refuses, in its words. */
    private static List<String> errors(Event event, int bytes) {
        List<String> errors = new ArrayList<>();
        boolean change = event.path().equals("/v2/change/enqueue");
        if (bytes > LARGEST) {
            errors.add("Event exceeds the maximum size of 512 KB");
        }
        if (event.text("routing_key").orElse("").length() != 32) {
            errors.add("Invalid routing key");
        }
        if (event.text("dedup_key").orElse("").length() > LONGEST_KEY) {
            errors.add("Length of 'dedup_key' is incorrect (should be <= 255)");
        }
        String action = event.text("event_action").orElse("");
        if (!change && !ACTIONS.contains(action)) {
            errors.add("'event_action' is missing or blank");
        }
        if (change || action.equals("trigger")) {
            payload(event, change, errors);
        }
        return errors;
    }

    private static void payload(Event event, boolean change, List<String> errors) {
        String summary = event.text("summary").orElse("");
        if (summary.isBlank() || characters(summary) > LONGEST_SUMMARY) {
            errors.add("'payload.summary' is missing or blank, or longer than 1024");
        }
        if (!change && event.text("source").orElse("").isBlank()) {
            errors.add("'payload.source' is missing or blank");
        }
        if (!change && !SEVERITIES.contains(event.text("severity").orElse(""))) {
            errors.add("'payload.severity' is invalid (must be one of the following: " + SEVERITIES + ")");
        }
    }

    /** An escape is one character. */
    private static int characters(String json) {
        return json.replaceAll("\\\\(u[0-9a-fA-F]{4}|.)", "x").length();
    }

    private static String processed(Event event) {
        return event.path().equals("/v2/change/enqueue")
                ? "{\"message\":\"Change event processed\",\"status\":\"success\"}"
                : "{\"status\":\"success\",\"message\":\"Event processed\",\"dedup_key\":\""
                        + event.text("dedup_key").orElse("made-by-pagerduty") + "\"}";
    }

    private static String invalid(List<String> errors) {
        return "{\"status\":\"invalid event\",\"message\":\"Event object is invalid\",\"errors\":["
                + errors.stream().map(e -> "\"" + e + "\"").collect(Collectors.joining(",")) + "]}";
    }

    private synchronized String listed() {
        return events.stream()
                .map(e -> "{\"path\":\"" + e.path() + "\",\"status\":" + e.status() + ",\"event\":"
                        + (e.body().startsWith("{") ? e.body() : "null") + "}")
                .collect(Collectors.joining(",\n", "[", "]\n"));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
