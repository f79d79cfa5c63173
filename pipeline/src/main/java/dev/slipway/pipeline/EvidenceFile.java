package dev.slipway.pipeline;

import dev.slipway.model.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * An evidence file read: a JSON list of entries {@code name}, {@code status}, {@code subject}, {@code url}, {@code producedAt},
 * {@code details}. It is taken as a whole or not at all.
 */
public final class EvidenceFile {
    /** Larger ones are refused. */
    public static final int LARGEST = 64 * 1024;

    private static final int MOST = 50;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final byte[] content;
    private final Problems problems;
    private final EvidenceEntry.Rules rules;
    private final List<Report> reports = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private EvidenceFile(String name, byte[] content, EvidenceEntry.Rules rules) {
        this.content = content;
        this.problems = new Problems(name);
        this.rules = rules;
    }

    /**
     * Its entries, or everything that is wrong with it.
     *
     * @param name that problems are told with
     * @param now nothing may be from after that
     */
    public static Checked<List<Report>> read(String name, byte[] content, Instant now) {
        return new EvidenceFile(name, content, new EvidenceEntry.Rules(now, Optional.empty())).read();
    }

    /**
     * As above.
     *
     * @param subjects what may be spoken of, with a word for each
     */
    public static Checked<List<Report>> read(String name, byte[] content, Instant now, Subjects subjects) {
        return new EvidenceFile(name, content, new EvidenceEntry.Rules(now, Optional.of(subjects))).read();
    }

    private Checked<List<Report>> read() {
        if (content.length > LARGEST) {
            problems.add(Position.START, "it has " + content.length + " bytes, and may have " + LARGEST);
            return problems.invalid();
        }
        try (JsonParser json = JSON.createParser(tools.jackson.core.ObjectReadContext.empty(), content)) {
            list(json);
        } catch (JacksonException broken) {
            TokenStreamLocation at = broken.getLocation();
            problems.add(
                    at == null ? Position.START : position(at),
                    "this is no JSON: "
                            + broken.getOriginalMessage()
                                    .replaceAll("\\s+", " ")
                                    .replaceAll(" \\(for .*", ""));
        }
        return problems.none() ? new Checked.Valid<>(List.copyOf(reports)) : problems.invalid();
    }

    private void list(JsonParser json) {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            problems.add(Position.START, "an evidence file is a list", "[{\"name\":\"unit-tests\", ...}]");
            return;
        }
        Position start = position(json.currentTokenLocation());
        int entries = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            entries++;
            entry(json);
        }
        if (json.nextToken() != null) {
            problems.add(position(json.currentTokenLocation()), "something follows the list");
        }
        if (entries == 0) {
            problems.add(start, "there is no evidence in it");
        }
        if (entries > MOST) {
            problems.add(start, "it has " + entries + " entries, and may have " + MOST);
        }
    }

    private void entry(JsonParser json) {
        Position at = position(json.currentTokenLocation());
        if (json.currentToken() != JsonToken.START_OBJECT) {
            problems.add(at, "an entry is an object", "{\"name\":\"unit-tests\", ...}");
            json.skipChildren();
            return;
        }
        Optional<Report> report = new EvidenceEntry(content, rules, problems).read(json, at);
        report.filter(one -> !seen.add(one.name() + " " + one.subject()))
                .ifPresent(again -> problems.add(
                        at,
                        "'" + again.name() + "' for " + again.subject() + " is here twice",
                        "keep the one that counts"));
        report.ifPresent(reports::add);
    }

    static Position position(TokenStreamLocation at) {
        return new Position(Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()));
    }
}
