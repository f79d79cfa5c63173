package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTest {
    @Test
    void addsMatchersToWhateverIsThere() {
        assertThat(Selector.parse("http_requests_total").with("namespace", "production"))
                .hasToString("http_requests_total{namespace=\"production\"}");
        assertThat(Selector.parse("vllm:e2e{ status =~ \"5..\" , path!='/a,b}' , }")
                        .with("namespace", "x"))
                .hasToString("vllm:e2e{status=~\"5..\",path!='/a,b}',namespace=\"x\"}");
        assertThat(Selector.parse("m{}").suffixed("_count").matching("le", "2\\.5"))
                .hasToString("m_count{le=~\"2\\\\.5\"}");
    }

    @Test
    void aValueCannotEndItsString() {
        assertThat(Selector.parse("m").with("a", "x\"} or up{b=\"\\")).hasToString("m{a=\"x\\\"} or up{b=\\\"\\\\\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5xx",
                "sum(http_requests_total)",
                "m{a=\"b\"} or up",
                "m{a=\"b\"}[5m]",
                "m{a=\"b\"",
                "m{a=b}",
                "m{a=\"b\" c=\"d\"}",
                "m{a=\"b\\\"}",
                "m{a=\"b\"}{c=\"d\"}",
                "m offset 5m",
                "m{,}",
                "m{a==\"b\"}"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Selector.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "' is no vector selector");
    }
}
