package dev.slipway.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the odds of a verdict mean, in a sentence for those who read such a verdict for the first time; once for each side. */
final class Odds {
    private static final Pattern WRITTEN = Pattern.compile("([0-9][0-9,.]*(?:e[0-9]+)?) to 1 (against|in favour)");
    private static final String MORE = "; docs/analysis.md tells how it is found";
    private static final BigDecimal WEAK = BigDecimal.TEN;
    private static final BigDecimal UNSPEAKABLE = BigDecimal.valueOf(1_000_000_000);

    private final Set<Side> explained = EnumSet.noneOf(Side.class);

    private enum Side {
        AGAINST("healthy"),
        FAVOUR("bad");

        private final String version;

        Side(String version) {
            this.version = version;
        }
    }

    /**
     * Empty when the text has no odds, or none that were not explained before.
     *
     * @param weak whether odds that decide nothing are worth a sentence too
     */
    Optional<String> explain(String text, boolean weak) {
        Matcher odds = WRITTEN.matcher(text);
        while (odds.find()) {
            Side side = odds.group(2).equals("against") ? Side.AGAINST : Side.FAVOUR;
            BigDecimal number = number(odds.group(1));
            if ((weak || number.compareTo(WEAK) >= 0) && explained.add(side)) {
                return Optional.of(sentence(odds.group(), number, side));
            }
        }
        return Optional.empty();
    }

    /** Ville's inequality in words: while a claim holds, odds of x to 1 against it ever come up with probability 1/x at most. */
    private static String sentence(String words, BigDecimal odds, Side side) {
        return odds.compareTo(WEAK) < 0
                ? "\"" + words + "\" is weak: up to " + percent(odds) + " % of the watches of a " + side.version
                        + " version come to that by chance" + MORE
                : "\"" + words + "\" means: at most one of " + count(odds) + " watches of a " + side.version
                        + " version would ever come to that, however often it looks" + MORE;
    }

    private static BigDecimal number(String written) {
        return new BigDecimal(written.replace(",", ""));
    }

    private static int percent(BigDecimal odds) {
        BigDecimal most = BigDecimal.valueOf(100);
        return odds.compareTo(BigDecimal.ONE) <= 0
                ? 100
                : most.divide(odds, 0, RoundingMode.UP).intValue();
    }

    private static String count(BigDecimal odds) {
        return odds.compareTo(UNSPEAKABLE) > 0
                ? "a billion"
                : String.format(
                        Locale.ROOT, "%,d", odds.setScale(0, RoundingMode.DOWN).longValue());
    }
}
