package dev.slipway.activities.sweep;

/** What must hold whatever happens. */
enum Invariant {
    WEIGHTS("weights sum to 100 at every moment"),
    ONE_WRITER("one writer at a time, and none that was overtaken"),
    NO_SECOND_UPGRADE("no second helm upgrade of the same revision"),
    READY_SIDES("no traffic on an unready side while a ready one exists"),
    ON_RECORD("what was there is on record before it is touched"),
    BREACH_IS_CUT("a breach takes the traffic off before it is reported"),
    END("all new, or all old, or stuck with a page"),
    LEDGER("every ledger entry is accounted for"),
    CLAIM("the slot is given free, or a person is called"),
    NO_CANARY("no canary is left"),
    SAME_END("the release ends as it does without the fault");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
