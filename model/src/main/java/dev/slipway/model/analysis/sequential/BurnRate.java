package dev.slipway.model.analysis.sequential;

import dev.slipway.model.Evidence;
import dev.slipway.model.Objective;
import java.time.Duration;
import java.util.List;

/**
 * Multi-window burn rates for a soak (Site Reliability Workbook, chapter 5): fails when the error budget burns too fast over a
 * long window and over the short one within it, so that what is over alarms nobody. A window that is not full yet is judged
 * on what is in it. It never passes by itself, and promises nothing about false alarms.
 *
 * @param windows at least one
 * @param burnt whether one of them was burning after a scrape
 */
public record BurnRate(Objective objective, List<BurnWindow> windows, boolean burnt, Scrape seen) implements Trial {
    /** As many times too fast the budget must burn over the shorter window of {@link #paging}. */
    public static final double FASTEST = 14.4;

    /**
     * @throws IllegalArgumentException without a window, or with one that could not burn even if everything were bad
     */
    public BurnRate {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("no window to burn in");
        }
        for (BurnWindow window : windows) {
            if (window.rate() * objective.allowedBad() >= 1) {
                throw new IllegalArgumentException(
                        "an objective of " + objective + " cannot burn " + window.rate() + " times as fast");
            }
        }
    }

    /** The workbook's two windows that page: 2 % of a month's budget in one hour, 5 % in six. */
    public static BurnRate paging(Objective objective) {
        return begin(
                objective, List.of(BurnWindow.of(FASTEST, Duration.ofHours(1)), BurnWindow.of(6, Duration.ofHours(6))));
    }

    /** Before the first scrape. */
    public static BurnRate begin(Objective objective, List<BurnWindow> windows) {
        return new BurnRate(objective, windows, false, Scrape.NOTHING);
    }

    @Override
    public BurnRate plus(Scrape scrape) {
        if (burnt) {
            return this;
        }
        List<BurnWindow> after =
                windows.stream().map(window -> window.plus(scrape)).toList();
        boolean burns = after.stream().anyMatch(window -> window.burns(objective.allowedBad()));
        return new BurnRate(objective, after, burns, seen.plus(scrape));
    }

    @Override
    public boolean failed() {
        return burnt;
    }

    @Override
    public boolean passed() {
        return false;
    }

    @Override
    public String words() {
        return new Claim.Absolute(objective).words(seen) + ": "
                + String.join(", ", windows.stream().map(this::words).toList());
    }

    @Override
    public List<Evidence> evidence(String slo) {
        return List.of(Evidence.of(slo, words()));
    }

    private String words(BurnWindow window) {
        double burn = window.longWindow().share() / objective.allowedBad();
        return "burns " + Phrases.times(burn) + " in " + window.span().toMinutes() + " min (limit "
                + Phrases.times(window.rate()) + ")";
    }
}
