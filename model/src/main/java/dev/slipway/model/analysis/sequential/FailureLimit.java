package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import java.time.Duration;
import java.util.List;

/**
 * A classic threshold: fails when more than {@code limit} looks in all were bad, passes after {@code enough} good ones. It
 * promises nothing about false alarms, and the longer it looks the more there are.
 *
 * @param limit bad looks that are tolerated, 0 or more
 * @param enough at least 1
 */
public record FailureLimit(Objective objective, int limit, int enough, Looks looks, Scrape seen) implements Trial {
    /**
     * @throws IllegalArgumentException when {@code limit} is negative or {@code enough} less than 1
     */
    public FailureLimit {
        if (limit < 0 || enough < 1) {
            throw new IllegalArgumentException(
                    "cannot tolerate " + limit + " bad looks and ask for " + enough + " good");
        }
    }

    /** Before the first look, of which there is one every {@code every}. */
    public static FailureLimit begin(Objective objective, Duration every, int limit, int enough) {
        return new FailureLimit(objective, limit, enough, Looks.begin(every), Scrape.NOTHING);
    }

    @Override
    public FailureLimit plus(Scrape scrape) {
        return new FailureLimit(objective, limit, enough, looks.plus(scrape, objective), seen.plus(scrape));
    }

    @Override
    public boolean failed() {
        return looks.bad() > limit;
    }

    @Override
    public boolean passed() {
        return looks.good() >= enough;
    }

    @Override
    public String words() {
        return new Claim.Absolute(objective).words(seen) + ": " + looks.bad() + " bad looks with " + limit
                + " tolerated, " + looks.good() + " of " + enough + " good ones";
    }

    @Override
    public List<Evidence> evidence(String slo) {
        return List.of(Evidence.of(slo, words()));
    }
}
