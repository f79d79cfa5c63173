package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusClientTest {
    private static final String JSON = "application/json";
    private final FakePrometheus prometheus = new FakePrometheus();
    private final PrometheusClient client = new PrometheusClient(prometheus.uri());

    @AfterEach
    void close() {
        prometheus.close();
    }

    @Test
    void readsTheServersOwnTime() throws Exception {
        assertThat(client.now()).isEqualTo(prometheus.now());
    }

    @Test
    void readsEverySeriesWithItsRawSamples() throws Exception {
        prometheus.scrape("m", 1, "pod", "a");
        prometheus.scrape("m", Double.NaN, "pod", "b");
        prometheus.advance(Duration.ofMillis(1500));
        prometheus.scrape("m", Double.POSITIVE_INFINITY, "pod", "a");

        var series = client.samples(Selector.parse("m"), Duration.ofSeconds(10), prometheus.now());

        assertThat(series).hasSize(2);
        assertThat(series.get(0).label("pod")).isEqualTo("a");
        assertThat(series.get(0).samples())
                .containsExactly(
                        new Sample(prometheus.now().minusMillis(1500), 1),
                        new Sample(prometheus.now(), Double.POSITIVE_INFINITY));
        assertThat(series.get(1).samples()).extracting(Sample::value).containsExactly(Double.NaN);
    }

    @Test
    void noDataIsAnAnswer() throws Exception {
        assertThat(client.samples(Selector.parse("m"), Duration.ofSeconds(10), prometheus.now()))
                .isEmpty();
        assertThat(client.latest(Selector.parse("m"), prometheus.now())).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "400|application/json|{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}|bad_data): parse error",
                "200|application/json|{\"status\":\"error\",\"errorType\":\"internal\",\"error\":\"oops\"}|internal): oops",
                "503|text/plain|service unavailable|503 text/plain: service unavailable",
                "200|text/html|<html>log in</html>|not an answer of Prometheus",
                "502|text/html|<html>bad gateway</html>|502 text/html",
                "302|text/html|moved|redirect (302), which is not followed",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resu|no complete JSON",
                "200|application/json|{\"status\":\"success\",\"warnings\":[\"partial: store x\"],\"data\":{\"resultType\":\"vector\",\"result\":[]}}|partial: store x",
                "200|application/json|{\"status\":\"success\",\"isPartial\":true,\"data\":{\"resultType\":\"vector\",\"result\":[]}}|may be incomplete",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"string\",\"result\":[]}}|unknown type 'string'",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1,\"x\"]}]}}|no number: x",
                "200|application/json|{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{}}]}}|a sample that is none",
                "200|application/json|{}|refused the query",
                "500|application/json|{\"status\":\"success\"}|answered 500",
            })
    void whatIsNoCompleteAnswerIsAnError(int status, String type, String body, String says) {
        prometheus.next(status, type, body);

        assertThatThrownBy(() -> client.latest(Selector.parse("m"), prometheus.now()))
                .isInstanceOf(PrometheusException.class)
                .hasMessageContaining(says);
    }

    @Test
    void aRedirectIsNotFollowed() {
        prometheus.next(307, JSON, "");

        assertThatThrownBy(client::now).hasMessageContaining("redirect");
        assertThat(prometheus.queries).hasSize(1);
    }

    @Test
    void aHangingServerIsGivenUp() {
        prometheus.next(0, JSON, "");
        PrometheusClient hasty = new PrometheusClient(prometheus.uri(), Duration.ofMillis(50), 1000);

        assertThatThrownBy(hasty::now).isInstanceOf(PrometheusException.class).hasMessageContaining("within 50 ms");
    }

    @Test
    void aHugeAnswerIsGivenUp() {
        prometheus.next(200, JSON, "x".repeat(2000));
        PrometheusClient small = new PrometheusClient(prometheus.uri(), Duration.ofSeconds(5), 1000);

        assertThatThrownBy(small::now).hasMessageContaining("larger than 1000 bytes");
    }

    @Test
    void nobodyThereIsSaidWithoutThePassword() {
        prometheus.close();
        URI uri = URI.create(prometheus.uri().toString().replace("http://", "http://me:secret@"));

        assertThatThrownBy(() -> new PrometheusClient(uri).now())
                .isInstanceOf(PrometheusException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageNotContaining("secret");
    }
}
