package dev.slipway.model.analysis.sequential;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Counts and evidence in the words of a verdict. */
final class Phrases {
    private static final MathContext TWO_DIGITS = new MathContext(2);
    private static final int PLAIN_UP_TO = 4;

    private Phrases() {}

    /** {@code 4.1 % of 4,410}. */
    static String share(Events events) {
        return percent(events.share()) + " of " + count(events.total());
    }

    /** {@code 0.3 %} for 0.003. */
    static String percent(double share) {
        return plain(100 * share) + " %";
    }

    /** {@code 1.9e-5} for a probability of 1 to so much, from the natural logarithm; rounded up, for the same reason. */
    static String probability(double log) {
        double tens = -log / Math.log(10);
        long exponent = (long) Math.floor(tens);
        double mantissa = Math.ceil(Math.pow(10, tens - exponent + 1) * (1 - 1e-9)) / 10;
        return exponent >= -PLAIN_UP_TO
                ? plain(mantissa * Math.pow(10, (double) exponent))
                : plain(mantissa) + "e" + exponent;
    }

    /** {@code 14 times}. */
    static String times(double factor) {
        return plain(factor) + " times";
    }

    static String count(long events) {
        return String.format(Locale.ROOT, "%,d", events);
    }

    /**
     * {@code 5.2e4 to 1}, from the natural logarithm, because the number itself may be beyond what a double holds. Cut off
     * rather than rounded, so that nothing ever reads as more evidence than there is.
     */
    static String odds(double log) {
        double tens = log / Math.log(10);
        long exponent = (long) Math.floor(tens);
        // a hair more, or the logarithm of exactly 1,000 would read as 990
        double mantissa = Math.floor(Math.pow(10, tens - exponent + 1) * (1 + 1e-9)) / 10;
        if (mantissa >= 10) {
            mantissa = 1;
            exponent++;
        }
        return exponent < PLAIN_UP_TO
                ? plain(mantissa * Math.pow(10, (double) exponent)) + " to 1"
                : plain(mantissa) + "e" + exponent + " to 1";
    }

    private static String plain(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(TWO_DIGITS);
        if (rounded.signum() == 0) {
            return "0";
        }
        return rounded.compareTo(BigDecimal.valueOf(1000)) >= 0
                ? count(rounded.longValue())
                : rounded.stripTrailingZeros().toPlainString();
    }
}
