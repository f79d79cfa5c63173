package dev.slipway.activities.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** A complete, successful answer of the query API; what is partial, refused or something else is an exception. */
record PrometheusAnswer(Instant evaluatedAt, List<Series> series) {
    /**
     * The body as an answer that says {@code success} and nothing else.
     *
     * @param known label sets of earlier answers
     */
    static PrometheusAnswer parse(int status, String contentType, byte[] body, LabelSets known)
            throws PrometheusException {
        if (status >= 300 && status < 400) {
            throw new PrometheusException(
                    "Prometheus answered with a redirect (" + status + "), which is not followed");
        }
        AnswerReader answer = read(status, contentType, body, known);
        if (!answer.status.equals("success")) {
            throw new PrometheusException("Prometheus refused the query (" + status + " " + answer.errorType + "): "
                    + shortened(answer.error));
        }
        if (status != 200) {
            throw new PrometheusException("Prometheus answered " + status);
        }
        if (!answer.warnings.isEmpty()) {
            throw new PrometheusException("Prometheus's answer may be incomplete: " + shortened(answer.warnings));
        }
        if (!List.of("scalar", "vector", "matrix").contains(answer.resultType)) {
            throw new PrometheusException("Prometheus's answer has the unknown type '" + answer.resultType + "'");
        }
        return new PrometheusAnswer(answer.evaluatedAt, answer.series);
    }

    private static AnswerReader read(int status, String contentType, byte[] body, LabelSets known)
            throws PrometheusException {
        if (!contentType.startsWith("application/json")) {
            throw new PrometheusException("not an answer of Prometheus: " + status + " "
                    + (contentType.isEmpty() ? "without a content type" : contentType) + ": "
                    + shortened(new String(body, StandardCharsets.UTF_8)));
        }
        try {
            return AnswerReader.read(body, known);
        } catch (JsonProcessingException e) {
            throw new PrometheusException("Prometheus's answer is no complete JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new PrometheusException("Prometheus's answer cannot be read", e);
        }
    }

    static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 200) + "...";
    }
}
