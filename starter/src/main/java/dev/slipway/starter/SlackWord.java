package dev.slipway.starter;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The words that the slash command knows; in Slack they are written in small letters. */
enum SlackWord {
    STATUS,
    APPROVE,
    REJECT,
    ABORT;

    static Optional<SlackWord> of(String text) {
        return Stream.of(values())
                .filter(word -> word.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }
}
