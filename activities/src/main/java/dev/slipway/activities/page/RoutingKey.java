package dev.slipway.activities.page;

/** Whose telephone rings: an integration key of PagerDuty. Who has it can page, so it is shown to nobody. */
record RoutingKey(String value) {
    RoutingKey {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a routing key is not empty");
        }
    }

    /** What an answer, or a library, says about a request that held this key. */
    String hiddenIn(String words) {
        return words.replace(value, "***");
    }

    @Override
    public String toString() {
        return "***";
    }
}
