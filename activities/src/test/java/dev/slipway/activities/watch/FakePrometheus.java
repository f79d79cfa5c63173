package dev.slipway.activities.watch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A Prometheus with a store of samples, a clock that stands still until it is moved, and odd answers on demand. */
final class FakePrometheus implements AutoCloseable {
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern RANGE = Pattern.compile("(.*)\\[(\\d+)ms]");
    private static final Duration LOOK_BACK = Duration.ofMinutes(5);

    private final HttpServer server;
    private final Map<Map<String, String>, List<Sample>> store = new LinkedHashMap<>();
    private final Deque<Odd> odd = new ArrayDeque<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    final List<String> queries = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T09:00:00Z");
    private boolean broken;
    private String refused = "";
    private Fault fault = (query, truth) -> truth;
    private String elsewhere = "http://127.0.0.1:1/elsewhere";
    private Duration late = Duration.ZERO;

    /** An answer that is none: status 0 never comes, and with -1 the connection is closed instead. */
    record Odd(int status, String contentType, String body) {}

    /** What becomes of the true answer to a query. */
    @FunctionalInterface
    interface Fault {
        Odd of(String query, Odd truth);
    }

    FakePrometheus() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/v1/query", this::answer);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized Instant now() {
        return now;
    }

    synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /** From now on every query gets 503. */
    synchronized void breakDown(boolean isBroken) {
        broken = isBroken;
    }

    /** Until it was asked so often. */
    synchronized void awaitQueries(int number) throws InterruptedException {
        while (queries.size() < number) {
            wait();
        }
    }

    /** Until something was asked that matches. */
    synchronized void awaitQuery(String regex) throws InterruptedException {
        while (queries.stream().noneMatch(query -> query.matches(regex))) {
            wait();
        }
    }

    /** From now on queries for this metric are refused, others are not. */
    synchronized void refuse(String metric) {
        refused = metric;
    }

    /** From now on every answer goes through this. */
    synchronized void answers(Fault by) {
        fault = by;
    }

    /** Where redirects lead. */
    synchronized void redirectsTo(URI uri) {
        elsewhere = uri.toString();
    }

    /** Samples can be seen only so long after their own time, as those of a slow scrape. */
    synchronized void samplesArriveLate(Duration by) {
        late = by;
    }

    /** The next query gets this instead of an answer. */
    synchronized void next(int status, String contentType, String body) {
        odd.add(new Odd(status, contentType, body));
    }

    /** A sample scraped now, of {@code metric} with further labels as name, value, name, value. */
    synchronized void scrape(String metric, double value, String... labels) {
        scrapeAt(now.minus(late), metric, value, labels);
    }

    synchronized void scrapeAt(Instant at, String metric, double value, String... labels) {
        Map<String, String> key = new TreeMap<>();
        key.put("__name__", metric);
        for (int i = 0; i < labels.length; i += 2) {
            key.put(labels[i], labels[i + 1]);
        }
        store.computeIfAbsent(key, k -> new ArrayList<>()).add(new Sample(at, value));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Odd answer = answer(form);
        if (answer.status() == 0) {
            await();
        }
        if (answer.status() < 0) {
            exchange.close();
            return;
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        if (!answer.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        }
        exchange.getResponseHeaders().set("Location", elsewhere);
        exchange.sendResponseHeaders(answer.status() == 0 ? 200 : answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void await() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Odd answer(String form) {
        Map<String, String> parameters = Pattern.compile("&")
                .splitAsStream(form)
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(p -> p[0], p -> URLDecoder.decode(p[1], StandardCharsets.UTF_8)));
        String query = parameters.get("query");
        queries.add(query);
        notifyAll();
        if (!odd.isEmpty()) {
            return odd.remove();
        }
        if (broken) {
            return new Odd(503, "text/plain", "service unavailable");
        }
        if (!refused.isEmpty() && query.startsWith(refused)) {
            return new Odd(
                    422,
                    "application/json",
                    "{\"status\":\"error\",\"errorType\":\"execution\",\"error\":\"too many samples\"}");
        }
        return fault.of(query, truth(query, parameters.get("time")));
    }

    private Odd truth(String query, String time) {
        if (query.equals("time()")) {
            return success("scalar", "[" + seconds(now) + ",\"" + seconds(now) + "\"]");
        }
        Instant at = Instant.ofEpochMilli(Math.round(Double.parseDouble(time) * 1000));
        Matcher range = RANGE.matcher(query);
        return range.matches()
                ? success("matrix", matrix(range.group(1), at.minusMillis(Long.parseLong(range.group(2))), at))
                : success("vector", vector(query, at));
    }

    private static Odd success(String type, String result) {
        return new Odd(
                200,
                "application/json",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"" + type + "\",\"result\":" + result + "}}");
    }

    private String matrix(String selector, Instant after, Instant upTo) {
        List<String> series = new ArrayList<>();
        matching(selector).forEach((labels, samples) -> {
            String values = samples.stream()
                    .filter(s -> s.at().isAfter(after) && !s.at().isAfter(upTo))
                    .map(FakePrometheus::pair)
                    .collect(Collectors.joining(","));
            if (!values.isEmpty()) {
                series.add("{\"metric\":" + json(labels) + ",\"values\":[" + values + "]}");
            }
        });
        return "[" + String.join(",", series) + "]";
    }

    private String vector(String selector, Instant at) {
        List<String> series = new ArrayList<>();
        matching(selector)
                .forEach((labels, samples) -> samples.stream()
                        .filter(s -> s.at().isAfter(at.minus(LOOK_BACK)) && !s.at().isAfter(at))
                        .reduce((first, second) -> second)
                        .ifPresent(s -> series.add("{\"metric\":" + json(labels) + ",\"value\":" + pair(s) + "}")));
        return "[" + String.join(",", series) + "]";
    }

    private Map<Map<String, String>, List<Sample>> matching(String selector) {
        String metric = selector.replaceAll("\\{.*", "");
        Map<Map<String, String>, List<Sample>> found = new LinkedHashMap<>();
        store.forEach((labels, samples) -> {
            boolean matches = labels.get("__name__").equals(metric);
            Matcher matcher = MATCHER.matcher(selector);
            while (matcher.find()) {
                String value = labels.getOrDefault(matcher.group(1), "");
                String wanted = matcher.group(3).replaceAll("\\\\(.)", "$1");
                matches &= matcher.group(2).equals("=") ? value.equals(wanted) : value.matches(wanted);
            }
            if (matches) {
                found.put(labels, samples);
            }
        });
        return found;
    }

    private static String json(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String pair(Sample sample) {
        String value = Double.isInfinite(sample.value())
                ? sample.value() > 0 ? "+Inf" : "-Inf"
                : Double.toString(sample.value());
        return "[" + seconds(sample.at()) + ",\"" + value + "\"]";
    }

    private static String seconds(Instant at) {
        return String.format("%d.%03d", at.getEpochSecond(), at.toEpochMilli() % 1000);
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
