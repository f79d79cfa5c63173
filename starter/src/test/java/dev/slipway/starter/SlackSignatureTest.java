package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.starter.SlackSignature.Flaw;
import dev.slipway.workflows.testing.slack.SignedRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackSignatureTest {
    /** The example of Slack's own documentation. */
    private static final String SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

    private static final long AT = 1531420618;
    private static final String BODY = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands"
            + "%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    private static final String SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503";

    private final SlackSignature signature = new SlackSignature(at(AT));

    private static Clock at(long seconds) {
        return Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC);
    }

    private static Optional<Flaw> flaw(SlackSignature by, String timestamp, String signed, String body) {
        return by.flaw(SECRET, timestamp, signed, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatSlackSignsIsHeardOnce() {
        String timestamp = Long.toString(AT);
        assertThat(flaw(signature, timestamp, SIGNATURE, BODY)).isEmpty();

        assertThat(flaw(signature, timestamp, SIGNATURE, BODY)).contains(Flaw.REPLAYED);
    }

    @Test
    void aByteMoreOrADifferentTimeOrSpellingIsNotSigned() {
        String timestamp = Long.toString(AT);
        for (String body : List.of(BODY + " ", BODY.replace("%2F", "/"), "")) {
            assertThat(flaw(signature, timestamp, SIGNATURE, body)).contains(Flaw.FORGED);
        }
        for (String signed : List.of(SIGNATURE.toUpperCase(Locale.ROOT), SIGNATURE.substring(3), "", "v0=")) {
            assertThat(flaw(signature, timestamp, signed, BODY)).contains(Flaw.FORGED);
        }
        for (String other : List.of("1531420619", "", "-1", "1e9", "99999999999999999999")) {
            assertThat(flaw(signature, other, SIGNATURE, BODY)).contains(Flaw.FORGED);
        }
        assertThat(flaw(signature, timestamp, SIGNATURE, BODY)).isEmpty();
    }

    @Test
    void withoutHeadersOrASecretNothingIsSigned() {
        byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
        String timestamp = Long.toString(AT);
        assertThat(signature.flaw(SECRET, null, SIGNATURE, body)).contains(Flaw.FORGED);
        assertThat(signature.flaw(SECRET, timestamp, null, body)).contains(Flaw.FORGED);
        assertThat(signature.flaw("", timestamp, SIGNATURE, body)).contains(Flaw.FORGED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-301, 301, 86_400})
    void whatIsOldOrFromTheFutureIsNotHeard(long away) {
        assertThat(flaw(new SlackSignature(at(AT + away)), Long.toString(AT), SIGNATURE, BODY))
                .contains(Flaw.LATE);
    }

    @ParameterizedTest
    @ValueSource(longs = {-300, 0, 300})
    void fiveMinutesAreHeard(long away) {
        SignedRequest request = SignedRequest.of("a=%C3%A4", AT + away, SECRET);

        assertThat(flaw(signature, Long.toString(request.timestamp()), request.signature(), request.body()))
                .isEmpty();
    }
}
