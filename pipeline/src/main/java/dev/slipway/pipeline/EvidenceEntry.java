package dev.slipway.pipeline;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.Report;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** One entry of an evidence file, read token by token so that each value is known by its place. */
final class EvidenceEntry {
    private static final List<String> KEYS = List.of("name", "status", "subject", "url", "producedAt", "details");
    private static final Set<String> OPTIONAL = Set.of("url", "details");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");
    private static final int LONGEST_URL = 1000;
    /** Clocks differ. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final byte[] content;
    private final Rules rules;
    private final Problems problems;
    private final Map<String, Value> values = new HashMap<>();

    EvidenceEntry(byte[] content, Rules rules, Problems problems) {
        this.content = content;
        this.rules = rules;
        this.problems = problems;
    }

    /**
     * What is asked of an entry.
     *
     * @param subjects what it may speak of; absent when that is not known
     */
    record Rules(Instant now, Optional<Subjects> subjects) {}

    private record Value(Position at, String text) {}

    /** Empty when something is wrong with it. */
    Optional<Report> read(JsonParser json, Position start) {
        int from = (int) json.currentTokenLocation().getByteOffset();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            value(json);
        }
        int to = (int) json.currentLocation().getByteOffset();
        Digest whole = Digests.sha256(Arrays.copyOfRange(content, from, to));
        for (String key : KEYS) {
            if (!OPTIONAL.contains(key) && !values.containsKey(key)) {
                problems.add(start, "'" + key + "' is missing");
            }
        }
        Optional<String> name = read("name", EvidenceEntry::name);
        Optional<Report.Status> status = read("status", EvidenceEntry::status);
        Optional<Digest> subject = read("subject", this::subject);
        Optional<String> url = values.containsKey("url") ? read("url", EvidenceEntry::url) : Optional.of("");
        Optional<Instant> producedAt = read("producedAt", this::producedAt);
        if (name.isEmpty() || status.isEmpty() || subject.isEmpty() || url.isEmpty() || producedAt.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Report(name.get(), status.get(), subject.get(), url.get(), producedAt.get(), whole));
    }

    private void value(JsonParser json) {
        String key = json.currentName();
        Position keyAt = EvidenceFile.position(json.currentTokenLocation());
        JsonToken token = json.nextToken();
        Position at = EvidenceFile.position(json.currentTokenLocation());
        if (!KEYS.contains(key)) {
            problems.add(keyAt, "unknown key " + Wording.quote(key), Suggestion.among(KEYS, key));
        } else if (token == JsonToken.VALUE_STRING) {
            values.put(key, new Value(at, json.getString()));
        } else if (!key.equals("details")) {
            problems.add(at, "'" + key + "' must be a text");
            values.put(key, new Value(at, ""));
        }
        json.skipChildren();
    }

    /** What makes of a text a value or says in an exception why it is none. */
    private <T> Optional<T> read(String key, Function<String, T> reading) {
        Value value = values.get(key);
        if (value == null || !problems.noneAt(value.at())) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(value.text()));
        } catch (IllegalArgumentException wrong) {
            problems.add(value.at(), String.valueOf(wrong.getMessage()));
            return Optional.empty();
        }
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'name' must be lower-case letters, digits and '-', at most 40, not " + Wording.quote(text));
        }
        return text;
    }

    private static Report.Status status(String text) {
        for (Report.Status status : Report.Status.values()) {
            if (status.word().equals(text)) {
                return status;
            }
        }
        throw new IllegalArgumentException("'status' is passed or failed, not " + Wording.quote(text));
    }

    private Digest subject(String text) {
        Digest subject;
        try {
            subject = new Digest(text);
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(
                    "'subject' must be the digest of the image or the chart, sha256: and 64 lower-case hexadecimal"
                            + " digits, not " + Wording.quote(text),
                    none);
        }
        rules.subjects().filter(known -> !known.has(subject)).ifPresent(known -> {
            throw new IllegalArgumentException("'subject' is neither the image of this release (" + known.image()
                    + ") nor its chart (" + known.chart() + "), but " + subject);
        });
        return subject;
    }

    private static String url(String text) {
        URI url = text.length() > LONGEST_URL ? null : URI.create(text);
        if (url == null
                || url.getHost() == null
                || !Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "'url' must be an address that begins with https:// or http://, of at most 1000 characters");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("'url' must not hold a user or a password");
        }
        return text;
    }

    private Instant producedAt(String text) {
        Instant at;
        try {
            at = OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException none) {
            throw new IllegalArgumentException(
                    "'producedAt' must be a time such as 2026-11-21T09:00:00Z, not " + Wording.quote(text), none);
        }
        if (at.isAfter(rules.now().plus(AHEAD))) {
            throw new IllegalArgumentException("'producedAt' (" + at + ") is in the future; here it is " + rules.now());
        }
        return at;
    }
}
