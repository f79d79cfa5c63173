package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlackSettingsTest {
    private static final Path FILE = Path.of("/run/secrets/some");

    private static SlackSettings settings(@Nullable Path secret, @Nullable Path app, @Nullable Path bot, String team) {
        return settings(secret, app, bot, team, List.of());
    }

    private static SlackSettings settings(
            @Nullable Path secret,
            @Nullable Path app,
            @Nullable Path bot,
            String team,
            List<SlackSettings.Person> people) {
        return settings(secret, app, null, bot, team, people);
    }

    private static SlackSettings settings(
            @Nullable Path secret,
            @Nullable Path app,
            @Nullable Integer sockets,
            @Nullable Path bot,
            String team,
            List<SlackSettings.Person> people) {
        return new SlackSettings(
                secret,
                app,
                sockets,
                bot,
                URI.create("https://slack.com/api/"),
                team,
                "",
                Map.of(),
                people,
                List.of(),
                Duration.ofSeconds(2));
    }

    @Test
    void bothModesAtOnceAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(FILE, FILE, FILE, "T1"))
                .withMessageContaining("slipway.slack has both signing-secret-file and app-token-file")
                .withMessageContaining("remove the other");
    }

    @Test
    void aWayInNeedsWhoIsHeardAndHowTheyAreAnswered() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(null, FILE, null, "T1"))
                .withMessageContaining("slipway.slack.app-token-file needs slipway.slack.bot-token-file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(FILE, null, FILE, " "))
                .withMessageContaining("slipway.slack.signing-secret-file needs");
    }

    @Test
    void socketsAreExpectedOfSocketModeAloneAndOneAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(FILE, null, 1, FILE, "T1", List.of()))
                .withMessageContaining("slipway.slack.sockets-expected is about Socket Mode")
                .withMessageContaining("remove sockets-expected");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(null, FILE, 0, FILE, "T1", List.of()))
                .withMessageContaining("slipway.slack.sockets-expected is below 1: 0");
    }

    private static SlackSettings.Person person(@Nullable String user, @Nullable String email) {
        return new SlackSettings.Person(user, email, "ann", Set.of());
    }

    @Test
    void aPersonIsNamedInOneWay() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> person("U1", "ann@example.com"))
                .withMessageContaining("slipway.slack.people[] of ann needs one of user and email, and not both");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> person(null, " "))
                .withMessageContaining("needs one of user and email");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> person(null, "Ann <ann@example.com>"))
                .withMessageContaining("such as ann@example.com");
    }

    @Test
    void aPersonIsNamedOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(FILE, null, FILE, "T1", List.of(person("U1", null), person("U1", null))))
                .withMessageContaining("names one user twice: U1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(
                        FILE,
                        null,
                        FILE,
                        "T1",
                        List.of(person(null, "ann@example.com"), person(null, "Ann@Example.com"))))
                .withMessageContaining("names one email twice: Ann@Example.com");
    }
}
