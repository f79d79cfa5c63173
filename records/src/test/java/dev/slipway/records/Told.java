package dev.slipway.records;

import dev.slipway.model.Authors;
import dev.slipway.model.Digests;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.Recovery;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Releases as workflows tell them. */
public final class Told {
    static final Instant BEGIN = Instant.parse("2026-11-22T03:00:00.123Z");

    private Told() {}

    /** A fact at so many minutes after the begin; environment may be empty. */
    public static Fact fact(int minute, String environment, Fact.Kind kind, String what) {
        return new Fact(
                BEGIN.plusSeconds(60L * minute),
                Optional.of(environment).filter(name -> !name.isEmpty()).map(EnvironmentName::new),
                kind,
                what,
                Map.of("by", "approver-1", "minute", Integer.toString(minute)),
                List.of(new Evidence("errors", "0.1% of 212 requests bad — fine", "http://prometheus/graph")));
    }

    /** A stage in this state; its outcome is null while it is open. */
    public static StageView stage(String environment, String state, @Nullable String outcome) {
        return new StageView(
                new EnvironmentName(environment), state, outcome, "", "", 10, 10, List.of(), List.of(), "stage-run");
    }

    /** A release that began at this minute. */
    public static ReleaseView view(
            String release, int attempt, int minute, Phase phase, @Nullable String outcome, StageView... stages) {
        ReleaseId id = ReleaseId.parse(release);
        return new ReleaseView(
                id,
                id.service(),
                id.version(),
                attempt,
                phase,
                outcome,
                "",
                "",
                digests(release),
                "ci",
                Authors.NONE,
                List.of(stages),
                Map.of("temporal", "http://ui/run"),
                BEGIN.plusSeconds(60L * minute),
                null);
    }

    /** A recovery of attempt 1, an hour after the begin; ended when its stage has an outcome. */
    public static Recovery recovery(String release, StageView stage) {
        Instant started = BEGIN.plusSeconds(3600);
        return new Recovery(
                "recovery-of-" + release,
                ReleaseId.parse(release),
                1,
                "stage-run",
                "approver-1",
                stage,
                started,
                stage.outcome() == null ? null : started.plusSeconds(60));
    }

    static Digests digests(String of) {
        return new Digests(digest(of + "chart"), digest(of + "image"), digest(of + "values"), digest(of + "pipeline"));
    }

    private static dev.slipway.model.Digest digest(String text) {
        return Digests.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
