package dev.slipway.model.analysis.sequential;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
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
 * @param scrapes base64 of whole numbers of 7 bits a byte, lowest first, the highest bit set in all but a number's last byte:
 *     for each scrape the milliseconds that it covers and then, for each SLO by name, bad and all events of the canary and of
 *     stable
 */
public record Tape(Instant since, Map<String, Trial> before, String scrapes) {
    private static final int LONGEST = 12_000;
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(Base64.getDecoder().decode(scrapes));
        Map<String, Scrape> sorted = new TreeMap<>(scrape);
        write(bytes, sorted.values().iterator().next().covers().toMillis());
        sorted.values().forEach(one -> write(bytes, one));
        Tape longer = new Tape(since, before, Base64.getEncoder().encodeToString(bytes.toByteArray()));
        return bytes.size() > LONGEST ? longer.shortened(bytes.size() / 2) : longer;
    }

    /** The trials after all scrapes, as the watch had them. */
    public Map<String, Trial> replay() {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(scrapes));
        Map<String, Trial> trials = new TreeMap<>(before);
        while (bytes.hasRemaining()) {
            play(bytes, trials);
        }
        return Map.copyOf(trials);
    }

    private Tape shortened(int atLeast) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(scrapes));
        Map<String, Trial> trials = new TreeMap<>(before);
        Instant begin = since;
        while (bytes.position() < atLeast) {
            begin = begin.plus(play(bytes, trials));
        }
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return new Tape(begin, trials, Base64.getEncoder().encodeToString(rest));
    }

    private static Duration play(ByteBuffer bytes, Map<String, Trial> trials) {
        Duration covers = Duration.ofMillis(read(bytes));
        trials.replaceAll((slo, trial) -> trial.plus(new Scrape(covers, events(bytes), events(bytes))));
        return covers;
    }

    private static Events events(ByteBuffer bytes) {
        long bad = read(bytes);
        return new Events(bad, read(bytes));
    }

    private static void write(ByteArrayOutputStream bytes, Scrape scrape) {
        write(bytes, scrape.canary().bad());
        write(bytes, scrape.canary().total());
        write(bytes, scrape.stable().bad());
        write(bytes, scrape.stable().total());
    }

    private static void write(ByteArrayOutputStream bytes, long number) {
        long rest = number;
        while (rest >= MORE) {
            bytes.write((int) (rest % MORE) + MORE);
            rest /= MORE;
        }
        bytes.write((int) rest);
    }

    private static long read(ByteBuffer bytes) {
        long number = 0;
        int shift = 0;
        while (true) {
            int next = bytes.get() & 0xff;
            number += (long) (next % MORE) << shift;
            if (next < MORE) {
                return number;
            }
            shift += BITS;
        }
    }
}
