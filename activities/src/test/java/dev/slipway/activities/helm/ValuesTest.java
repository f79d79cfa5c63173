package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Digest;
import dev.slipway.model.Image;
import dev.slipway.model.Weight;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValuesTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    @Test
    void laterFilesWinKeyByKeyAndListsAreReplaced() {
        Values values = Values.empty()
                .over("a: {x: 1, w: 2}\nlist: [1, 2]\nkeep: yes")
                .over("a: {w: 3, z: null}\nlist: [9]\n---\nlast: true");
        assertThat(json(values))
                .isEqualTo("{\"a\":{\"x\":1,\"w\":3,\"z\":null},\"list\":[9],\"keep\":true,\"last\":true}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "on         | true",
                "n          | false",
                "Off        | false",
                "'on'       | \"on\"",
                "010        | 8",
                "0x1F       | 31",
                "0o10       | 8",
                "1e3        | 1000.0",
                "1.10       | 1.1",
                "12:30:45   | \"12:30:45\"",
                "2026-11-21 | \"2026-11-21\"",
                "1.2.3      | \"1.2.3\"",
                "~          | null",
                "nope       | \"nope\"",
                "123abc     | \"123abc\"",
                "-7         | -7"
            })
    void wordsMeanWhatTheyMeanToHelm(String yaml, String json) {
        assertThat(json(Values.empty().over("v: " + yaml))).isEqualTo("{\"v\":" + json + "}");
    }

    @Test
    void textThatWouldBeGrammarForSetIsJustText() {
        Values values = Values.empty().over("v: 'v1,adminPassword=x a[65536]={b} \\ {{ .Release }}'");
        assertThat(json(values)).isEqualTo("{\"v\":\"v1,adminPassword=x a[65536]={b} \\\\ {{ .Release }}\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1~a: 2                              | duplicate key",
                "a: !!javax.script.ScriptEngineManager []| javax",
                "[1, 2]                                 | must be a mapping",
                "a: .inf~b: [                           | expected",
            })
    void whatIsNoPlainYamlIsRefusedInWords(String yaml, String words) {
        assertThatThrownBy(() -> Values.empty().over(yaml.replace('~', '\n')))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(words);
    }

    @Test
    void anAliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%1$d: &a%1$d [*a%2$d, *a%2$d]\n".formatted(i, i - 1));
        }
        assertThatThrownBy(() -> Values.empty().over(bomb.toString())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theImageGoesUnderItsKeyAndLeavesTheRest() {
        Values values = Values.empty()
                .over("server: {image: {tag: old, pullPolicy: Always}}")
                .withImage(new Image("registry/x", "1.2", DIGEST, "server.image"));
        assertThat(json(values))
                .isEqualTo(
                        "{\"server\":{\"image\":{\"tag\":\"1.2\",\"pullPolicy\":\"Always\",\"repository\":\"registry/x\",\"digest\":\""
                                + DIGEST + "\"}}}");
    }

    @ParameterizedTest
    @CsvSource({"10, 25, 3", "4, 50, 2", "1, 5, 1", "3, 100, 3", "2, 1, 1", "0, 50, 1", "40, 5, 2", "41, 5, 3"})
    void aCanaryHasItsShareOfTheReplicasRoundedUp(int replicas, int percent, int expected) {
        Values canary = Values.empty().over("replicaCount: " + replicas).forCanary(new Weight(percent), Values.empty());
        assertThat(json(canary)).isEqualTo("{\"replicaCount\":" + expected + ",\"slipway\":{\"canary\":true}}");
    }

    @Test
    void theChartsOwnReplicasCountWhenTheFilesSayNothing() {
        Values chart = Values.empty().over("replicaCount: 8");
        assertThat(json(Values.empty().forCanary(new Weight(50), chart)))
                .isEqualTo("{\"slipway\":{\"canary\":true},\"replicaCount\":4}");
    }

    @Test
    void aChartWithoutReplicasDecidesForItself() {
        assertThat(json(Values.empty().forCanary(new Weight(50), Values.empty())))
                .isEqualTo("{\"slipway\":{\"canary\":true}}");
    }

    @Test
    void valuesThatSayTheyAreSecretAreKnown() {
        Values values =
                Values.empty().over("db: {password: p1, host: h}\nkeys: [{apiKey: k1}]\nhfToken: t1\nsecretName: n");
        assertThat(values.secrets()).containsExactlyInAnyOrder("p1", "k1", "t1");
    }

    private static String json(Values values) {
        return new String(values.json(), StandardCharsets.UTF_8);
    }
}
