package dev.slipway.starter;

import dev.slipway.model.ServiceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Slack, under {@code slipway.slack}; without a signing secret nothing is heard from it, without a channel nothing is told.
 *
 * @param signingSecretFile the app's signing secret; read at each request, so it can be changed
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
        @Nullable Path botTokenFile,
        @DefaultValue("https://slack.com/api/") URI apiUrl,
        @DefaultValue("") String team,
        @DefaultValue("") String channel,
        @DefaultValue Map<String, String> channels,
        @DefaultValue List<Person> people,
        @DefaultValue List<UserGroup> userGroups,
        @DefaultValue("2s") Duration answerWithin) {

    SlackSettings {
        if (signingSecretFile != null && (botTokenFile == null || team.isBlank())) {
            throw new IllegalArgumentException(
                    "slipway.slack.signing-secret-file needs slipway.slack.bot-token-file and"
                            + " slipway.slack.team beside it");
        }
        if (answerWithin.isNegative() || answerWithin.isZero()) {
            throw new IllegalArgumentException("slipway.slack.answer-within is not above zero: " + answerWithin);
        }
        long users = people.stream().map(Person::user).distinct().count();
        if (users != people.size()) {
            throw new IllegalArgumentException("slipway.slack.people names one user twice");
        }
    }

    /** Whether anything is heard from Slack. */
    boolean heard() {
        return signingSecretFile != null;
    }

    Optional<String> channelOf(ServiceName service) {
        String id = channels.getOrDefault(service.value(), channel);
        return Optional.of(id).filter(text -> !text.isBlank());
    }

    String signingSecret() {
        return content(signingSecretFile);
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
     * A person.
     *
     * @param user Slack's id, such as {@code U012AB3CD}; never a name, which its owner may change
     * @param subject the same as for the other ways in, so that one person has one vote
     */
    record Person(String user, String subject, @DefaultValue Set<String> groups) {
        Person {
            if (user == null || user.isBlank() || subject == null || subject.isBlank()) {
                throw new IllegalArgumentException("slipway.slack.people[] needs user and subject");
            }
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
