package dev.slipway.model.analysis.sequential;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the trials of one watch were given, so that anybody can compute their verdict again: the scrapes, and what the trials
 * remembered before the first one that is still kept. Immutable.
 *
 * @param since begin of the first scrape that is kept
 * @param before the trials at that moment, by SLO
 * @param scrapes base64 of {@link Packed} numbers: for each scrape the milliseconds that it covers and then, for each SLO by name, bad and all events of the canary and of
 *     stable
 */
public record Tape(Instant since, Map<String, Trial> before, String scrapes) {
    private static final int LONGEST = 12_000;

    public Tape {
        before = Map.copyOf(before);
    }

    /** Nothing on it yet. */
    public static Tape begin(Instant since, Map<String, Trial> before) {
        return new Tape(since, before, "");
    }

    /** With one more scrape of each SLO, all of the same time; the older half is folded into the trials when it grows long. */
    public Tape plus(Map<String, Scrape> scrape) {
        if (scrape.isEmpty()) {
            return this;
        }
        Packed numbers = numbers();
        Map<String, Scrape> sorted = new TreeMap<>(scrape);
        numbers.write(sorted.values().iterator().next().covers().toMillis());
        sorted.values().forEach(one -> write(numbers, one));
        Tape longer = new Tape(since, before, text(numbers));
        return numbers.length() > LONGEST ? longer.shortened() : longer;
    }

    /** The trials after all scrapes, as the watch had them. */
    public Map<String, Trial> replay() {
        Packed numbers = numbers();
        Map<String, Trial> trials = new TreeMap<>(before);
        while (numbers.more()) {
            play(numbers, trials);
        }
        return Map.copyOf(trials);
    }

    private Tape shortened() {
        Packed numbers = numbers();
        Map<String, Trial> trials = new TreeMap<>(before);
        Instant begin = since;
        while (numbers.position() < numbers.length() / 2) {
            begin = begin.plus(play(numbers, trials));
        }
        return new Tape(begin, trials, text(numbers));
    }

    private static Duration play(Packed numbers, Map<String, Trial> trials) {
        Duration covers = Duration.ofMillis(numbers.read());
        trials.replaceAll((slo, trial) -> trial.plus(new Scrape(covers, events(numbers), events(numbers))));
        return covers;
    }

    private static Events events(Packed numbers) {
        long bad = numbers.read();
        return new Events(bad, numbers.read());
    }

    private static void write(Packed numbers, Scrape scrape) {
        numbers.write(scrape.canary().bad());
        numbers.write(scrape.canary().total());
        numbers.write(scrape.stable().bad());
        numbers.write(scrape.stable().total());
    }

    private Packed numbers() {
        return new Packed(Base64.getDecoder().decode(scrapes));
    }

    private static String text(Packed numbers) {
        return Base64.getEncoder().encodeToString(numbers.rest());
    }
}
