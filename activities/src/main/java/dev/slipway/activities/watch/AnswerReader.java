package dev.slipway.activities.watch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the JSON of an answer in one pass: one that holds ten thousand releases is megabytes, every few seconds. */
final class AnswerReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser json;
    private final LabelSets.Answer labels;
    String status = "";
    String errorType = "no error type";
    String error = "no error text";
    /** Empty when there are none. */
    String warnings = "";

    String resultType = "";
    Instant evaluatedAt = Instant.EPOCH;
    final List<Series> series = new ArrayList<>();

    private AnswerReader(JsonParser json, LabelSets.Answer labels) {
        this.json = json;
        this.labels = labels;
    }

    /**
     * @throws IOException when it is no JSON, or not all of it
     * @throws PrometheusException when it is JSON and yet no answer
     */
    static AnswerReader read(byte[] body, LabelSets known) throws IOException, PrometheusException {
        try (JsonParser json = JSON.createParser(body)) {
            AnswerReader reader = new AnswerReader(json, known.answer());
            if (json.nextToken() == JsonToken.START_OBJECT) {
                reader.answer();
            }
            return reader;
        }
    }

    private void answer() throws IOException, PrometheusException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "status" -> status = json.getText();
                case "errorType" -> errorType = json.getText();
                case "error" -> error = json.getText();
                case "isPartial" -> warnings += json.getBooleanValue() ? "isPartial " : "";
                case "warnings" -> warnings();
                case "data" -> data();
                default -> json.skipChildren();
            }
        }
    }

    private void warnings() throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                warnings += json.getText() + " ";
                json.skipChildren();
            }
        }
    }

    private void data() throws IOException, PrometheusException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            if (name.equals("resultType")) {
                resultType = json.getText();
            } else if (name.equals("result") && json.currentToken() == JsonToken.START_ARRAY) {
                result();
            } else {
                json.skipChildren();
            }
        }
    }

    /** A list of series; the result of a scalar is one sample. */
    private void result() throws IOException, PrometheusException {
        JsonToken first = json.nextToken();
        if (first != null && first.isNumeric()) {
            evaluatedAt = Instant.ofEpochMilli(sample(new Samples.Builder(1)));
            return;
        }
        while (json.currentToken() == JsonToken.START_OBJECT) {
            series.add(series());
            json.nextToken();
        }
    }

    private Series series() throws IOException, PrometheusException {
        Map<String, String> metric = Map.of();
        Track track = null;
        Samples.Builder samples = new Samples.Builder(2);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "metric" -> {
                    LabelSets.Known known = labels.read(json);
                    metric = known.labels();
                    track = known.track();
                }
                case "value" -> pair(samples);
                case "values" -> {
                    while (json.nextToken() == JsonToken.START_ARRAY) {
                        pair(samples);
                    }
                }
                default -> json.skipChildren();
            }
        }
        if (samples.isEmpty()) {
            throw none("a series without any");
        }
        return new Series(metric, samples.samples(), track);
    }

    private void pair(Samples.Builder samples) throws IOException, PrometheusException {
        json.nextToken();
        sample(samples);
    }

    /** From the time on, which is the current token. */
    private long sample(Samples.Builder samples) throws IOException, PrometheusException {
        JsonToken time = json.currentToken();
        if (time == null || !time.isNumeric()) {
            throw none(json.getText());
        }
        long at = Math.round(json.getDoubleValue() * 1000);
        if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw none(json.getText());
        }
        samples.add(at, value(json.getText()));
        if (json.nextToken() != JsonToken.END_ARRAY) {
            throw none(json.getText());
        }
        return at;
    }

    private static PrometheusException none(String text) {
        return new PrometheusException(
                "Prometheus's answer has a sample that is none: " + PrometheusAnswer.shortened(text));
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
                            "Prometheus's answer has a value that is no number: " + PrometheusAnswer.shortened(text),
                            e);
                }
        }
    }
}
