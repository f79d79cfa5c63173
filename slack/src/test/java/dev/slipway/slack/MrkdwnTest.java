package dev.slipway.slack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MrkdwnTest {
    @Test
    void nothingThatPeopleWriteIsALinkAMentionOrMarkupOfItsOwn() {
        assertThat(Mrkdwn.plain("<!here>\n\t<https://evil|x> & \u001b[31m\u202e"))
                .isEqualTo("&lt;!here&gt; &lt;https://evil|x&gt; &amp; [31m");
        assertThat(Mrkdwn.inline("a `b` c")).isEqualTo("a 'b' c");
        assertThat(Mrkdwn.code("a ` b")).isEqualTo("`a ' b`");
    }

    @Test
    void anEscapeIsKeptWholeOrLeftOut() {
        assertThat(Mrkdwn.cut("1234567890", 10, "…")).isEqualTo("1234567890");
        assertThat(Mrkdwn.cut("12345&amp;1234", 9, "…")).isEqualTo("12345…");
        assertThat(Mrkdwn.cut("12345&amp;1234", 11, "…")).isEqualTo("12345&amp;…");
        assertThat(Mrkdwn.cut("1234💥7890", 6, "…"))
                .as("half a character is none")
                .isEqualTo("1234…");
    }
}
