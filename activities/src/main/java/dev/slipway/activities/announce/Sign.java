package dev.slipway.activities.announce;

import dev.slipway.model.Fact;

/** A glyph, which always stands beside the word that says the same. */
final class Sign {
    private Sign() {}

    /** Of a phase, an outcome, or PENDING. */
    static String of(String word) {
        return switch (word) {
            case "PROMOTED" -> "✅";
            case "ROLLED_BACK", "REJECTED" -> "⛔";
            case "STUCK", "INTERFERED", "LEFT_AS_IS" -> "🆘";
            case "WAITING" -> "✋";
            case "HOLDING", "PAUSED" -> "⏸";
            case "UNDOING" -> "↩";
            case "PENDING", "QUEUED" -> "·";
            case "RUNNING" -> "▶";
            default -> "◼";
        };
    }

    static String of(Fact fact) {
        return switch (fact.kind()) {
            case ENDED -> of(fact.details().getOrDefault("outcome", ""));
            case MOVED -> of(fact.details().getOrDefault("phase", ""));
            case DECIDED -> "REJECT".equals(fact.details().get("choice")) ? "⛔" : "✅";
            case IGNORED -> "⚠";
            case ATTESTED -> "failed".equals(fact.details().get("status")) ? "❌" : "•";
            case JUDGED -> "FAILED".equalsIgnoreCase(fact.details().getOrDefault("verdict", "")) ? "❌" : "❔";
            default -> "•";
        };
    }
}
