package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.SignedRequest;
import dev.slipway.workflows.testing.slack.Trouble;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who are known by the e-mail address of their profile, and by no id. */
class SlackEmailTest {
    private static final String ANN = "W1";
    private static final String NOT_KNOWN = "Slack's user W1 is not known here";

    @TempDir
    static Path folder;

    private static FakeSlack slack;
    private static Installation slipway;
    private static SlackWorkspace people;
    private static Api ci;
    private static String button;

    @BeforeAll
    static void install() {
        slack = new FakeSlack(0).userGroup("S1").user("U1").user(ANN).email(ANN, "Kate.Ann@Example.com");
        List<String> settings = new ArrayList<>(List.of(SlackWorkspace.settings(folder, slack)));
        settings.add("--slipway.slack.people[5].email=kate.ann@example.com");
        settings.add("--slipway.slack.people[5].subject=kate");
        settings.add("--slipway.slack.people[5].groups=deployers");
        slipway = Installation.wholeWith(folder, settings.toArray(String[]::new));
        people = new SlackWorkspace(slack, slipway);
        ci = slipway.as("ci");
        ci.start(
                Installation.bundle(folder, "mailed", "", text -> text.replace("votes: 1", "votes: 2")),
                Api.request("1.0.0"));
        ci.awaitPhase("mailed@1.0.0", "WAITING");
        button = SlackTest.button(ci, "mailed");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        slack.close();
    }

    @AfterEach
    void asBefore() {
        slack.user(ANN).email(ANN, "Kate.Ann@Example.com");
    }

    private static String status() {
        return people.told(people.command(ANN, "status mailed@1.0.0"));
    }

    @Test
    void whoeverHasTheAddressMayDecideInWhateverCaseItIsWritten() {
        people.opened(ANN, "release.approve", button);

        assertThat(people.told(people.submit(ANN, ""))).isEqualTo("1 of 2 approvals from deployers (kate)");
    }

    @Test
    void anotherAddressIsNobodys() {
        slack.email(ANN, "kate.ann@example.com.evil.com");
        assertThat(status()).contains(NOT_KNOWN);
        slack.email(ANN, "\u212aate.ann@example.com");
        assertThat(status()).as("a Kelvin sign is no K").contains(NOT_KNOWN);
        slack.email(ANN, "");
        assertThat(status()).contains(NOT_KNOWN, "users:read.email");
    }

    @Test
    void anAddressThatNobodyHasConfirmedIsNobodys() {
        slack.user(ANN).email(ANN, "kate.ann@example.com").unconfirmed(ANN);

        assertThat(status()).contains(NOT_KNOWN);
    }

    @Test
    void guestsBotsAndPeopleWhoLeftAreRefusedWhateverTheirAddress() {
        for (String mark : List.of("is_restricted", "is_ultra_restricted", "is_bot", "deleted", "is_stranger")) {
            slack.user(ANN, mark).email(ANN, "kate.ann@example.com");

            assertThat(status()).as(mark).contains("guests, bots and people who left");
        }
        slack.userOfTeam(ANN, "T0OTHER").email(ANN, "kate.ann@example.com");
        assertThat(status()).contains("guests, bots and people who left");
    }

    @Test
    void theAddressIsAskedForAtEachDecision() {
        people.opened(ANN, "release.reject", button);
        SignedRequest modal = people.submit(ANN, "no");
        slack.email(ANN, "somebody.else@example.com");

        assertThat(people.told(modal)).contains(NOT_KNOWN);
    }

    @Test
    void whenSlackDoesNotSayTheAddressNothingIsDone() {
        slack.next("users.info", new Trouble.Status(500));

        assertThat(status()).contains("nothing was done");
    }
}
