package dev.slipway.starter;

import dev.slipway.model.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Slack, under {@code slipway.slack}; without a signing secret or an app token nothing is heard from it, without a channel
 * nothing is told.
 *
 * @param signingSecretFile the app's signing secret, for what Slack sends over HTTP; read at each request, so it can be changed
 * @param appTokenFile the app's own token, for Socket Mode in place of that; read at each opening of the connection
 * @param socketsExpected how many sockets all starters together have open; null when nobody is to look whether there are more
 * @param botTokenFile the app's bot token; read at each call
 * @param team the one workspace whose people are heard
 * @param channel id of the channel that is told of releases of services without one of their own; none when empty
 * @param channels ids by service
 * @param people who is who; whoever is not here is nobody
 * @param userGroups which groups the members of a user group of Slack are in beside their own
 * @param answerWithin how long Slack is kept waiting before it is told that there is no answer yet; Slack hangs up after 3 s, of
 *     which some is for the way
 */
@ConfigurationProperties("slipway.slack")
record SlackSettings(
        @Nullable Path signingSecretFile,
        @Nullable Path appTokenFile,
        @Nullable Integer socketsExpected,
        @Nullable Path botTokenFile,
        @DefaultValue("https://slack.com/api/") URI apiUrl,
        @DefaultValue("") String team,
        @DefaultValue("") String channel,
        @DefaultValue Map<String, String> channels,
        @DefaultValue List<Person> people,
        @DefaultValue List<UserGroup> userGroups,
        @DefaultValue("2s") Duration answerWithin) {

    SlackSettings {
        if (signingSecretFile != null && appTokenFile != null) {
            throw new IllegalArgumentException(
                    "slipway.slack has both signing-secret-file and app-token-file, and a word of"
                            + " Slack's comes one way: keep app-token-file for Socket Mode, or signing-secret-file for"
                            + " signed requests, and remove the other");
        }
        if (appTokenFile != null && (botTokenFile == null || team.isBlank())) {
            throw new IllegalArgumentException("slipway.slack.app-token-file needs slipway.slack.bot-token-file and"
                    + " slipway.slack.team beside it");
        }
        if (signingSecretFile != null && (botTokenFile == null || team.isBlank())) {
            throw new IllegalArgumentException(
                    "slipway.slack.signing-secret-file needs slipway.slack.bot-token-file and"
                            + " slipway.slack.team beside it");
        }
        if (socketsExpected != null && appTokenFile == null) {
            throw new IllegalArgumentException("slipway.slack.sockets-expected is about Socket Mode, and there is no"
                    + " slipway.slack.app-token-file: set that, or remove sockets-expected");
        }
        if (socketsExpected != null && socketsExpected < 1) {
            throw new IllegalArgumentException("slipway.slack.sockets-expected is below 1: " + socketsExpected
                    + "; each starter has one socket, so say how many starters there are");
        }
        if (answerWithin.isNegative() || answerWithin.isZero()) {
            throw new IllegalArgumentException("slipway.slack.answer-within is not above zero: " + answerWithin);
        }
        requireOnce("user", people.stream().flatMap(person -> person.id().stream()));
        requireOnce("email", people.stream().flatMap(person -> person.address().stream()));
    }

    private static void requireOnce(String what, Stream<String> named) {
        Set<String> seen = new HashSet<>();
        named.filter(one -> !seen.add(one.toLowerCase(Locale.ROOT))).findFirst().ifPresent(twice -> {
            throw new IllegalArgumentException("slipway.slack.people names one " + what + " twice: " + twice);
        });
    }

    /** Whether Slack sends signed requests. */
    boolean signed() {
        return signingSecretFile != null;
    }

    Optional<String> channelOf(ServiceName service) {
        String id = channels.getOrDefault(service.value(), channel);
        return Optional.of(id).filter(text -> !text.isBlank());
    }

    String signingSecret() {
        return content(signingSecretFile);
    }

    String appToken() {
        return content(appTokenFile);
    }

    String botToken() {
        return content(botTokenFile);
    }

    private static String content(@Nullable Path file) {
        if (file == null) {
            throw new IllegalStateException("Slack is not set up");
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /**
     * A person, by one of the two.
     *
     * @param user Slack's id, such as {@code U012AB3CD}; never a name, which its owner may change
     * @param email the address in their profile, for workspaces whose administrators alone set it
     * @param subject the same as for the other ways in, so that one person has one vote
     */
    record Person(
            @Nullable String user,
            @Nullable String email,
            String subject,
            @DefaultValue Set<String> groups) {
        private static final Pattern ADDRESS = Pattern.compile("[\\x21-\\x7e&&[^@]]+@[\\x21-\\x7e&&[^@]]+");

        Person {
            if (subject == null || subject.isBlank()) {
                throw new IllegalArgumentException("slipway.slack.people[] needs a subject");
            }
            if (blank(user) == blank(email)) {
                throw new IllegalArgumentException(
                        "slipway.slack.people[] of " + subject + " needs one of user and email, and not both");
            }
            if (email != null && !email.isBlank() && !ADDRESS.matcher(email).matches()) {
                throw new IllegalArgumentException(
                        "slipway.slack.people[] of " + subject + " has an email that is none: " + email
                                + "; say it as Slack shows it, such as ann@example.com");
            }
        }

        private static boolean blank(@Nullable String text) {
            return text == null || text.isBlank();
        }

        Optional<String> id() {
            return Optional.ofNullable(user).filter(text -> !text.isBlank());
        }

        Optional<String> address() {
            return Optional.ofNullable(email).filter(text -> !text.isBlank());
        }

        /** Whether the address is theirs, in whatever case; letters that only look alike are others. */
        boolean hasAddress(String other) {
            return address()
                    .filter(own -> Pattern.compile(Pattern.quote(own), Pattern.CASE_INSENSITIVE)
                            .matcher(other)
                            .matches())
                    .isPresent();
        }
    }

    /**
     * A user group of Slack.
     *
     * @param id such as {@code S012AB3CD}
     */
    record UserGroup(String id, String group) {
        UserGroup {
            if (id == null || group == null) {
                throw new IllegalArgumentException("slipway.slack.user-groups[] needs id and group");
            }
        }
    }
}
