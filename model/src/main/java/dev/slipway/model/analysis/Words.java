package dev.slipway.model.analysis;

import dev.slipway.model.Slo;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;

/** Counts and limits in the words of a verdict. */
final class Words {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Words() {}

    static String of(Slo.Gauge gauge, Tally tally) {
        return tally.bad() > 0
                ? outOfLimit(gauge, tally.worst())
                : "worst " + number(tally.worst()) + " (" + limit(gauge) + ")";
    }

    /** What is counted as bad, where the SLO's name does not say it: {@code slower than 2.5s }. */
    static String what(Slo slo) {
        return slo instanceof Slo.Latency latency ? "slower than " + number(latency.below()) + "s " : "";
    }

    static String outOfLimit(Slo.Gauge gauge, double value) {
        return number(value) + " is out of its limit (" + limit(gauge) + ")";
    }

    private static String limit(Slo.Gauge gauge) {
        return (gauge.direction() == Slo.Direction.BELOW ? "at most " : "at least ") + number(gauge.limit());
    }

    static String count(double events) {
        return Long.toString(Math.round(events));
    }

    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "no value" : Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded =
                Math.abs(value) < 100 ? exact.round(THREE_DIGITS) : exact.setScale(0, RoundingMode.HALF_UP);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** {@code 90s} is {@code 1m30s}; parts of a second only below ten seconds. */
    static String time(Duration time) {
        if (time.compareTo(Duration.ofSeconds(10)) < 0 && time.toMillisPart() >= 100) {
            return number(time.toMillis() / 1000.0) + "s";
        }
        if (time.getSeconds() == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        append(text, time.toHours(), 'h');
        append(text, time.toMinutesPart(), 'm');
        append(text, time.toSecondsPart(), 's');
        return text.toString();
    }

    private static void append(StringBuilder text, long amount, char unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
