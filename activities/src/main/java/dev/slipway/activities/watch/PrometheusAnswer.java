package dev.slipway.activities.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A complete, successful answer of the query API; what is partial, refused or something else is an exception. */
record PrometheusAnswer(Instant evaluatedAt, List<Series> series) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The body as JSON that says {@code success} and nothing else. */
    static JsonNode parse(int status, String contentType, byte[] body) throws PrometheusException {
        if (status >= 300 && status < 400) {
            throw new PrometheusException(
                    "Prometheus answered with a redirect (" + status + "), which is not followed");
        }
        JsonNode answer = json(status, contentType, body);
        String said = answer.path("status").asText();
        if (!said.equals("success")) {
            throw new PrometheusException("Prometheus refused the query (" + status + " "
                    + answer.path("errorType").asText("no error type") + "): "
                    + shortened(answer.path("error").asText("no error text")));
        }
        if (status != 200) {
            throw new PrometheusException("Prometheus answered " + status);
        }
        if (!answer.path("warnings").isEmpty() || answer.path("isPartial").asBoolean()) {
            throw new PrometheusException("Prometheus's answer may be incomplete: "
                    + shortened(
                            answer.path("warnings").isEmpty()
                                    ? "isPartial"
                                    : answer.path("warnings").toString()));
        }
        return answer;
    }

    private static JsonNode json(int status, String contentType, byte[] body) throws PrometheusException {
        if (!contentType.startsWith("application/json")) {
            throw new PrometheusException("not an answer of Prometheus: " + status + " "
                    + (contentType.isEmpty() ? "without a content type" : contentType) + ": "
                    + shortened(new String(body, StandardCharsets.UTF_8)));
        }
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new PrometheusException("Prometheus's answer is no complete JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new PrometheusException("Prometheus's answer cannot be read", e);
        }
    }

    static PrometheusAnswer read(JsonNode answer) throws PrometheusException {
        JsonNode data = answer.path("data");
        JsonNode result = data.path("result");
        switch (data.path("resultType").asText()) {
            case "scalar":
                return new PrometheusAnswer(sample(result).at(), List.of());
            case "vector":
                return new PrometheusAnswer(Instant.EPOCH, series(result, "value"));
            case "matrix":
                return new PrometheusAnswer(Instant.EPOCH, series(result, "values"));
            default:
                throw new PrometheusException("Prometheus's answer has the unknown type '"
                        + data.path("resultType").asText() + "'");
        }
    }

    private static List<Series> series(JsonNode result, String values) throws PrometheusException {
        List<Series> series = new ArrayList<>();
        for (JsonNode one : result) {
            Map<String, String> labels = new HashMap<>();
            one.path("metric")
                    .fields()
                    .forEachRemaining(e -> labels.put(e.getKey(), e.getValue().asText()));
            List<Sample> samples = new ArrayList<>();
            if (values.equals("value")) {
                samples.add(sample(one.path(values)));
            } else {
                for (JsonNode pair : one.path(values)) {
                    samples.add(sample(pair));
                }
            }
            series.add(new Series(labels, samples));
        }
        return series;
    }

    private static Sample sample(JsonNode pair) throws PrometheusException {
        if (pair.size() != 2 || !pair.get(0).isNumber()) {
            throw new PrometheusException(
                    "Prometheus's answer has a sample that is none: " + shortened(pair.toString()));
        }
        BigDecimal seconds = pair.get(0).decimalValue();
        return new Sample(
                Instant.ofEpochMilli(seconds.movePointRight(3).longValue()),
                value(pair.get(1).asText()));
    }

    /** Prometheus writes {@code +Inf}, {@code -Inf} and {@code NaN}. */
    private static double value(String text) throws PrometheusException {
        switch (text) {
            case "NaN":
                return Double.NaN;
            case "+Inf":
                return Double.POSITIVE_INFINITY;
            case "-Inf":
                return Double.NEGATIVE_INFINITY;
            default:
                try {
                    return Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw new PrometheusException(
                            "Prometheus's answer has a value that is no number: " + shortened(text), e);
                }
        }
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
