package dev.slipway.model.analysis.sequential;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the trials of one watch were given, so that anybody can compute their verdict again: the scrapes, and what the trials
 * remembered before the first one that is still kept. Immutable.
 *
 * @param since begin of the first scrape that is kept
 * @param before the trials at that moment, by SLO
 * @param scrapes for each scrape the milliseconds that it covers and then, for each SLO by name, bad and all events of the canary and of
 *     stable
 */
public record Tape(Instant since, Map<String, Trial> before, Packed scrapes) {
    private static final int LONGEST = 12_000;

    public Tape {
        before = Map.copyOf(before);
    }

    /** Nothing on it yet. */
    public static Tape begin(Instant since, Map<String, Trial> before) {
        return new Tape(since, before, Packed.none());
    }

    /** With one more scrape of each SLO, all of the same time; the older half is folded into the trials when it grows long. */
    public Tape plus(Map<String, Scrape> scrape) {
        if (scrape.isEmpty()) {
            return this;
        }
        Tape longer = new Tape(since, before, scrapes.plus(numbers(scrape)));
        return longer.scrapes.length() > LONGEST ? longer.shortened() : longer;
    }

    /** The trials after all scrapes, as the watch had them. */
    public Map<String, Trial> replay() {
        Packed.Reader numbers = scrapes.reader();
        Map<String, Trial> trials = new TreeMap<>(before);
        while (numbers.more()) {
            play(numbers, trials);
        }
        return Map.copyOf(trials);
    }

    private Tape shortened() {
        Packed.Reader numbers = scrapes.reader();
        Map<String, Trial> trials = new TreeMap<>(before);
        Instant begin = since;
        while (numbers.position() < scrapes.length() / 2) {
            begin = begin.plus(play(numbers, trials));
        }
        return new Tape(begin, trials, scrapes.behind(numbers));
    }

    private static Duration play(Packed.Reader numbers, Map<String, Trial> trials) {
        Duration covers = Duration.ofMillis(numbers.read());
        trials.replaceAll((slo, trial) -> trial.plus(new Scrape(covers, events(numbers), events(numbers))));
        return covers;
    }

    private static Events events(Packed.Reader numbers) {
        long bad = numbers.read();
        return new Events(bad, numbers.read());
    }

    private static long[] numbers(Map<String, Scrape> scrape) {
        long[] numbers = new long[1 + 4 * scrape.size()];
        int at = 1;
        for (Scrape one : new TreeMap<>(scrape).values()) {
            numbers[0] = one.covers().toMillis();
            numbers[at++] = one.canary().bad();
            numbers[at++] = one.canary().total();
            numbers[at++] = one.stable().bad();
            numbers[at++] = one.stable().total();
        }
        return numbers;
    }
}
