package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import java.time.Duration;
import java.util.List;

/**
 * A classic threshold: fails after {@code limit} bad looks in a row, passes after {@code enough} good ones. It promises
 * nothing about false alarms; docs/analysis.md shows how many there are.
 *
 * @param limit at least 1
 * @param enough at least 1
 */
public record Consecutive(Objective objective, int limit, int enough, Looks looks, Scrape seen) implements Trial {
    /**
     * @throws IllegalArgumentException when a limit is less than 1
     */
    public Consecutive {
        if (limit < 1 || enough < 1) {
            throw new IllegalArgumentException("limits are at least 1, not " + limit + " and " + enough);
        }
    }

    /** Before the first look, of which there is one every {@code every}. */
    public static Consecutive begin(Objective objective, Duration every, int limit, int enough) {
        return new Consecutive(objective, limit, enough, Looks.begin(every), Scrape.NOTHING);
    }

    @Override
    public Consecutive plus(Scrape scrape) {
        return new Consecutive(objective, limit, enough, looks.plus(scrape, objective), seen.plus(scrape));
    }

    @Override
    public boolean failed() {
        return looks.longest() >= limit;
    }

    @Override
    public boolean passed() {
        return looks.good() >= enough;
    }

    @Override
    public String words() {
        return new Claim.Absolute(objective).words(seen) + ": " + looks.longest() + " of " + limit
                + " bad looks in a row, " + looks.good() + " of " + enough + " good ones";
    }

    @Override
    public List<Evidence> evidence(String slo) {
        return List.of(Evidence.of(slo, words()));
    }
}
