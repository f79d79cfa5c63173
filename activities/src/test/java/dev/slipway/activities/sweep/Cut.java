package dev.slipway.activities.sweep;

/**
 * A place in a release where something can go wrong: one activity of it.
 *
 * @param activity its type, such as {@code Helm_apply}
 * @param nth counted within its type, from 1
 * @param of what it is about, for people
 */
record Cut(String activity, int nth, String of) {
    boolean is(Cut other) {
        return activity.equals(other.activity) && nth == other.nth;
    }

    @Override
    public String toString() {
        return activity + "#" + nth + (of.isEmpty() ? "" : " " + of);
    }
}
