package dev.slipway.cli;

import java.util.Locale;

/** For whom the data on stdout is written: {@code text} for people, {@code json} for scripts. */
enum Output {
    TEXT,
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
