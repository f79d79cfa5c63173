package dev.slipway.cli;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Why the server did not do it, from its problem details (RFC 9457). */
final class Refusal {
    private static final int MOST_PROBLEMS = 100;
    /** Where the server knows best what to do now. */
    private static final Set<String> SAID =
            Set.of("slot-taken", "token-refused", "token-used", "issuer-unreachable", "too-many-requests");

    private Refusal() {}

    /**
     * @param status not 2xx
     * @param look the command that shows what the request was about
     */
    static Failure of(int status, String body, URI base, String look) {
        Optional<JsonNode> problem = parse(body);
        String what = problem.map(p -> text(p, "detail"))
                .filter(t -> !t.isEmpty())
                .or(() -> problem.map(p -> text(p, "title")))
                .filter(t -> !t.isEmpty())
                .orElse("the server at " + base + " answered " + status + " without a reason");
        List<String> details = problem.map(Refusal::problems).orElse(List.of());
        String type = problem.map(p -> text(p, "type")).orElse("");
        String name = type.substring(type.lastIndexOf('/') + 1);
        String next = SAID.contains(name) ? problem.map(p -> text(p, "next")).orElse("") : next(name, status, look);
        return switch (status) {
            case 400, 413, 415, 422 -> new Failure(ExitCode.INVALID, what, details, next);
            case 401, 403 -> new Failure(ExitCode.DENIED, what, details, next);
            case 404, 409, 410 -> new Failure(ExitCode.CONFLICT, what, details, next);
            case 429, 500, 502, 503, 504 -> new Unreachable(what, details, next);
            default -> new Failure(ExitCode.INTERNAL, what, details, next);
        };
    }

    /** What to do now, for the names of docs/api.md. */
    private static String next(String type, int status, String look) {
        return switch (type) {
            case "not-authenticated" -> Token.SET;
            case "not-allowed" -> "ask somebody who may, or have the platform team grant it";
            case "not-found" -> "slipway get, which lists the releases";
            case "needs-again" -> "repeat the command with --again for a new attempt";
            case "other-digests" -> look + ", then release what has changed as a new version";
            case "invalid-pipeline" -> "mend the file, then: slipway plan";
            case "invalid-evidence" -> "mend the file (docs/evidence.md), then hand it in again";
            case "no-worker" -> look + ", which shows whether it arrived; if not, say it again";
            case "no-records" -> "have the platform team set slipway.records.url (docs/records.md)";
            case "too-large" -> "move large files out of the chart";
            default ->
                switch (status) {
                    case 401 -> Token.SET;
                    case 404, 409 -> look;
                    case 429, 500, 502, 503, 504 -> "try again; saying it twice does nothing twice";
                    default -> "check --server or SLIPWAY_URL";
                };
        };
    }

    private static Optional<JsonNode> parse(String body) {
        try {
            return Optional.of(Json.read(body)).filter(JsonNode::isObject);
        } catch (Failure e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode document, String field) {
        JsonNode value = document.path(field);
        return value.isString() ? SafeText.line(value.asString()) : "";
    }

    /** The problems of a pipeline, as {@code validate} writes them. */
    static List<String> problems(JsonNode problem) {
        List<String> lines = new ArrayList<>();
        for (JsonNode p : problem.path("problems")) {
            if (lines.size() < MOST_PROBLEMS) {
                lines.add(p.isObject() ? placed(p) : SafeText.line(p.asString("")));
            }
        }
        return lines;
    }

    private static String placed(JsonNode p) {
        String hint = text(p, "hint");
        return text(p, "file") + ":" + p.path("line").asInt(1) + ":"
                + p.path("column").asInt(1) + ": " + text(p, "message") + (hint.isEmpty() ? "" : "; " + hint);
    }
}
