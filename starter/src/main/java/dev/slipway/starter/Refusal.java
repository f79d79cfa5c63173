package dev.slipway.starter;

import dev.slipway.encryption.UnreadablePayloadException;
import dev.slipway.model.Digest;
import dev.slipway.pipeline.Problem;
import dev.slipway.starter.identity.Untrusted;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;

/** Why a request is not done: problem details (RFC 9457) with what, why and the next command; holds no secret. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final String TYPES = "https://slipway.dev/problems/";

    private final HttpStatus status;
    private final String name;
    private final String title;
    private final transient List<Problem> problems;
    private final String next;
    private final long waitSeconds;

    private Refusal(HttpStatus status, String name, String title, String detail, List<Problem> problems, String next) {
        this(status, name, title, detail, problems, next, 0);
    }

    private Refusal(
            HttpStatus status,
            String name,
            String title,
            String detail,
            List<Problem> problems,
            String next,
            long waitSeconds) {
        super(SafeText.line(detail), null, false, false);
        this.status = status;
        this.name = name;
        this.title = title;
        this.problems = problems;
        this.next = next;
        this.waitSeconds = waitSeconds;
    }

    Refusal(HttpStatus status, String name, String title, String detail, String next) {
        this(status, name, title, detail, List.of(), next);
    }

    static Refusal notAuthenticated(boolean bearer) {
        String detail = bearer ? "the token is not known here" : "there is no bearer token";
        return new Refusal(
                HttpStatus.UNAUTHORIZED, "not-authenticated", "Not authenticated", detail, "set SLIPWAY_TOKEN");
    }

    /** What an issuer's token lacks. */
    static Refusal untrusted(Untrusted why) {
        String detail = String.valueOf(why.getMessage());
        return switch (why.reason()) {
            case TOKEN ->
                new Refusal(
                        HttpStatus.UNAUTHORIZED,
                        "token-refused",
                        "The token is refused",
                        detail,
                        "get a new token from its issuer, for this server's audience (docs/identity.md)");
            case BEARER ->
                new Refusal(
                        HttpStatus.FORBIDDEN,
                        "not-allowed",
                        "Not allowed",
                        detail,
                        "have the platform team add a rule to slipway.identity (docs/identity.md)");
            case KEYS ->
                new Refusal(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "issuer-unreachable",
                        "The issuer's keys cannot be had",
                        detail,
                        "nothing was done; say it again when the issuer answers");
        };
    }

    static Refusal tokenUsed() {
        return new Refusal(
                HttpStatus.UNAUTHORIZED,
                "token-used",
                "The token was used",
                "this token has asked for a change already, and is good for one",
                "get a new token from its issuer for each change (docs/identity.md)");
    }

    static Refusal tokenWithoutId() {
        return new Refusal(
                HttpStatus.UNAUTHORIZED,
                "token-used",
                "The token has no id",
                "this token has no jti, so nobody could tell whether it was used before",
                "have the platform team set once: false for its issuer, if it gives none (docs/identity.md)");
    }

    static Refusal notSigned() {
        return new Refusal(
                HttpStatus.UNAUTHORIZED,
                "not-signed",
                "Not signed",
                "this is no request of Slack's, or an old one",
                "");
    }

    static Refusal notAllowed(String detail) {
        return new Refusal(HttpStatus.FORBIDDEN, "not-allowed", "Not allowed", detail, "");
    }

    /** @param wait how long until the same is taken again, empty when that is not known */
    static Refusal tooMany(String detail, Optional<Duration> wait) {
        long seconds =
                wait.map(time -> Math.max(1, time.plusMillis(999).toSeconds())).orElse(0L);
        return new Refusal(
                HttpStatus.TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests",
                detail,
                List.of(),
                seconds == 0
                        ? "end one of them, or ask for the release itself now and then"
                        : "nothing was done; say it again in " + seconds + " s",
                seconds);
    }

    static Refusal notFound(String detail) {
        return new Refusal(HttpStatus.NOT_FOUND, "not-found", "Not found", detail, "");
    }

    static Refusal malformed(String detail) {
        return new Refusal(HttpStatus.BAD_REQUEST, "malformed", "The request is malformed", detail, "");
    }

    static Refusal tooLarge(String detail) {
        return new Refusal(HttpStatus.CONTENT_TOO_LARGE, "too-large", "The request is too large", detail, "");
    }

    static Refusal conflict(String name, String title, String detail, String next) {
        return new Refusal(HttpStatus.CONFLICT, name, title, detail, next);
    }

    /** What the workflow answered to an update that it does not take. */
    static Refusal refused(String sentence) {
        return conflict("refused", "The release refuses it", sentence, "");
    }

    static Refusal invalidPipeline(List<Problem> problems) {
        return invalid("invalid-pipeline", "release.yaml is refused", problems);
    }

    static Refusal invalidEvidence(List<Problem> problems) {
        return invalid("invalid-evidence", "The evidence is refused", problems);
    }

    /** Nobody is named where the platform wants it; nothing in the file is wrong. */
    static Refusal authorsMissing(Problem missing) {
        return new Refusal(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "authors-missing",
                "Nobody is named as its author",
                missing.message(),
                missing.hint());
    }

    private static Refusal invalid(String name, String title, List<Problem> problems) {
        String detail = problems.size()
                + (problems.size() == 1 ? " problem in " : " problems in ")
                + problems.get(0).file();
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, name, title, detail, List.copyOf(problems), "");
    }

    static Refusal noWorker(String detail) {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "no-worker",
                "No worker answers",
                detail,
                "see that the control worker runs, look at the release, then say it again");
    }

    static Refusal temporalUnreachable(String target) {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "temporal-unreachable",
                "Temporal does not answer",
                "Temporal at " + target + " does not answer; releases that run go on when it does",
                "");
    }

    static Refusal noRecords() {
        return new Refusal(
                HttpStatus.NOT_IMPLEMENTED,
                "no-records",
                "No records are kept",
                "this installation keeps no records, so only Temporal knows of releases",
                "have the platform team set slipway.records.url (docs/records.md)");
    }

    static Refusal recordsUnreachable() {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "records-unreachable",
                "The records do not answer",
                "the database of records does not answer; releases go on, and what happens meanwhile is kept later",
                "");
    }

    /** What is kept is not what its digest says; it is never given to anybody. */
    static Refusal damaged(String kind, Digest digest) {
        return new Refusal(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "damaged",
                "What is kept is damaged",
                "the " + kind + " " + digest + " in the records is another one than its digest says",
                "have the platform team restore it from a backup (docs/records.md)");
    }

    /** What Temporal keeps is encrypted, and cannot be decrypted here. */
    static Refusal unreadable(UnreadablePayloadException trouble) {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "unreadable",
                "What Temporal keeps cannot be decrypted",
                "in the starter: " + trouble.getMessage(),
                "");
    }

    /** Something that we did not foresee; the log says what. */
    static Refusal internal() {
        return new Refusal(HttpStatus.INTERNAL_SERVER_ERROR, "internal", "Internal error", "see the starter's log", "");
    }

    HttpStatus status() {
        return status;
    }

    /** The headers that go with the document. */
    HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (waitSeconds > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(waitSeconds));
        }
        return headers;
    }

    /** The document that the caller gets. */
    ProblemDetail document() {
        ProblemDetail document = document(status, name, title, String.valueOf(getMessage()));
        if (!problems.isEmpty()) {
            document.setProperty(
                    "problems", problems.stream().map(Refusal::safe).toList());
        }
        if (!next.isEmpty()) {
            document.setProperty("next", next);
        }
        return document;
    }

    static ProblemDetail document(HttpStatus status, String name, String title, String detail) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(status, SafeText.line(detail));
        document.setType(URI.create(TYPES + name));
        document.setTitle(title);
        return document;
    }

    private static Problem safe(Problem problem) {
        return new Problem(
                SafeText.line(problem.file()),
                problem.line(),
                problem.column(),
                SafeText.line(problem.message()),
                SafeText.line(problem.hint()));
    }
}
