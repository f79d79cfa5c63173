package dev.slipway.workflows.testing;

import dev.slipway.model.Fact;
import dev.slipway.workflows.api.Emission;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Sinks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sinks that keep what they were told, may be away, and may be real ones. */
public final class RecordingSinks implements Sinks {
    private final List<Emission> heard = new ArrayList<>();
    private boolean away;
    private @Nullable Sinks real;

    @Override
    public void emit(Emission emission) {
        Sinks through = take(emission);
        if (through != null) {
            through.emit(emission);
        }
    }

    private synchronized @Nullable Sinks take(Emission emission) {
        if (away) {
            throw FailureType.UNREACHABLE.failure("the sink is away");
        }
        if (real == null) {
            heard.add(emission);
        }
        return real;
    }

    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    /** These are told from now on. */
    public synchronized void real(Sinks sinks) {
        real = sinks;
    }

    /** What was told: {@code KIND what}. */
    public synchronized List<String> facts() {
        return heard.stream()
                .flatMap(emission -> emission.batch().facts().stream())
                .map(RecordingSinks::words)
                .toList();
    }

    private static String words(Fact fact) {
        return fact.kind() + " " + fact.what();
    }
}
