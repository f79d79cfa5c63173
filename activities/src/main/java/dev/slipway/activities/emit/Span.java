package dev.slipway.activities.emit;

import dev.slipway.model.Digests;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something of a release that has ended, as a span of OTLP. Its ids are made of where it belongs, so it is the same span
 * whenever it is sent.
 *
 * @param run of the release's workflow; the trace
 * @param path where in the release, its parts parted by slashes; empty for the release itself
 * @param parent the path of what it belongs to; null for the release itself
 * @param end never told as being before the start
 * @param message why, for a person; told only of errors
 */
record Span(
        String run,
        String path,
        @Nullable String parent,
        String name,
        Instant start,
        Instant end,
        Ending ending,
        String message,
        Map<String, Object> attributes) {
    private static final int INTERNAL = 1;
    private static final int SERVER = 2;
    private static final int ERROR = 2;
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final long NANOS = 1_000_000_000;

    /** By OTLP's mapping to JSON: ids in hex, long numbers as texts, enums as numbers. */
    Map<String, Object> json() {
        Map<String, Object> span = new LinkedHashMap<>();
        span.put("traceId", hex(run, TRACE_DIGITS));
        span.put("spanId", id(path));
        if (parent != null) {
            span.put("parentSpanId", id(parent));
        }
        span.put("name", name);
        span.put("kind", parent == null ? SERVER : INTERNAL);
        span.put("startTimeUnixNano", nanos(start));
        span.put("endTimeUnixNano", nanos(end.isBefore(start) ? start : end));
        Map<String, Object> all = new LinkedHashMap<>(attributes);
        if (ending.error() != null) {
            all.put("error.type", ending.error());
            span.put("status", message.isEmpty() ? Map.of("code", ERROR) : Map.of("code", ERROR, "message", message));
        }
        span.put("attributes", attributes(all));
        return span;
    }

    /** As OTLP wants them. */
    static List<Map<String, Object>> attributes(Map<String, Object> values) {
        return values.entrySet().stream()
                .map(one -> Map.of("key", one.getKey(), "value", value(one.getValue())))
                .toList();
    }

    private static Map<String, Object> value(Object value) {
        return value instanceof Integer
                ? Map.of("intValue", value.toString())
                : Map.of("stringValue", value.toString());
    }

    private String id(String of) {
        return hex(run + "/" + of, SPAN_DIGITS);
    }

    private static String hex(String text, int digits) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8)).hex().substring(0, digits);
    }

    private static String nanos(Instant at) {
        return Long.toString(at.getEpochSecond() * NANOS + at.getNano());
    }
}
