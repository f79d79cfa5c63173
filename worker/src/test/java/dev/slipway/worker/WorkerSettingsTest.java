package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.seal.SealRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkerSettingsTest {
    private final Map<String, String> properties = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void anEnvironmentsWorker() throws IOException {
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), "apiVersion: v1");
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        properties.put("slipway.worker.role", "environment");
        properties.put("slipway.environment.name", "production");
        properties.put("slipway.environment.kubeconfig", kubeconfig.toString());
        properties.put("slipway.environment.prometheus", "http://prometheus:9090");
        properties.put("slipway.environment.helm", "/usr/local/bin/helm");
        properties.put("slipway.starter.url", "http://starter");
        properties.put("slipway.starter.token-file", token.toString());
    }

    @Test
    void anEnvironmentsWorkerHasItsNameAndDefaults() {
        WorkerSettings settings = bind();

        assertThat(settings.name()).isEqualTo("worker-production");
        assertThat(settings.temporal().address()).isEqualTo("127.0.0.1:7233");
        assertThat(settings.drain().grace()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.ofStarter().token()).isEqualTo("secret");
        assertThat(settings.pidDirectory()).isEmpty();
        assertThat(settings.ofEnvironment().scrape().direct()).isTrue();
        assertThat(settings.ofEnvironment().scrape().every()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void temporalIsReachedWithTlsWhenThatIsSaid() {
        assertThat(bind().temporal().access().encrypted()).isFalse();

        properties.put("slipway.temporal.tls.enabled", "true");
        properties.put("slipway.temporal.tls.ca-file", "");
        properties.put("slipway.temporal.api-key-file", "");

        assertThat(bind().temporal().access().encrypted()).isTrue();
    }

    @Test
    void theControlWorkerAloneTellsSlack() throws IOException {
        Path token = Files.writeString(folder.resolve("slack"), "xoxb-1\n");
        properties.put("slipway.slack.token-file", token.toString());
        assertThatThrownBy(this::bind).hasStackTraceContaining("an environment's worker tells no channel");

        properties.keySet().removeIf(name -> name.startsWith("slipway.environment."));
        properties.put("slipway.worker.role", "control");

        WorkerSettings.Slack slack = bind().slack();
        assertThat(slack.token()).isEqualTo("xoxb-1");
        assertThat(slack.apiUrl()).hasToString("https://slack.com/api/");
        assertThat(slack.fallback()).isEmpty();
        properties.put("slipway.slack.fallback-channel", "C012AB3CD");
        assertThat(bind().slack().fallback()).contains("C012AB3CD");
        properties.put("slipway.slack.fallback-channel", "#releases");
        assertThatThrownBy(this::bind)
                .hasStackTraceContaining("slipway.slack.fallback-channel must be a channel's id")
                .hasStackTraceContaining("not #releases");
    }

    @Test
    void podsAreAskedAsOftenAsIsSaidOrNotAtAll() {
        properties.put("slipway.environment.scrape.direct", "false");
        properties.put("slipway.environment.scrape.every", "2s");

        assertThat(bind().ofEnvironment().scrape()).isEqualTo(new WorkerSettings.Scrape(false, Duration.ofSeconds(2)));
    }

    @Test
    void approvalsAreTheWorkersOwnAffairOnlyWhenItIsTold() throws Exception {
        assertThat(bind().ofEnvironment().sealRule()).isEmpty();

        properties.put("slipway.environment.approvals.votes", "2");
        properties.put("slipway.environment.approvals.groups", "deployers,sre");
        properties.put("slipway.environment.approvals.keys", publicKey("old.pem") + "," + publicKey("new.pem"));
        SealRule rule = bind().ofEnvironment().sealRule().orElseThrow();

        assertThat(rule.environment()).hasToString("production");
        assertThat(rule.votes()).isEqualTo(2);
        assertThat(rule.groups()).containsExactlyInAnyOrder("deployers", "sre");
        assertThat(rule.maxAge()).isEqualTo(Duration.ofDays(30));
        assertThat(rule.toString())
                .matches("2 approvals of different people from deployers or sre, at most 720 h old,"
                        + " signed with one of the keys [0-9a-f]{16}, [0-9a-f]{16}");
    }

    @Test
    void aDemandThatIsNotWholeStopsTheWorkerInsteadOfLettingAllThrough() throws Exception {
        properties.put("slipway.environment.approvals.votes", "2");
        assertThatThrownBy(this::bind).rootCause().hasMessageContainingAll("keys is missing", "decision-key.pub.pem");

        properties.put("slipway.environment.approvals.keys", "/nowhere/key.pem");
        assertThatThrownBy(this::bind)
                .hasStackTraceContaining("slipway.environment.approvals: cannot read /nowhere/key.pem");

        properties.put(
                "slipway.environment.approvals.keys", publicKey("key.pem").toString());
        properties.remove("slipway.environment.approvals.votes");
        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("votes must be at least 1, not 0");

        properties.put("slipway.environment.approvals.votes", "1");
        properties.put("slipway.environment.approvals.max-age", "0s");
        assertThatThrownBy(this::bind).rootCause().hasMessageContaining("max-age must be at least 1h");
    }

    private Path publicKey(String name) throws Exception {
        String key = Base64.getEncoder()
                .encodeToString(KeyPairGenerator.getInstance("Ed25519")
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded());
        return Files.writeString(
                folder.resolve(name), "-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");
    }

    @Test
    void theTokenIsReadAtEachUseAndNeverPartOfTheText() throws IOException {
        WorkerSettings settings = bind();
        Files.writeString(folder.resolve("token"), "another\n");

        assertThat(settings.ofStarter().token()).isEqualTo("another");
        assertThat(settings.toString()).doesNotContain("secret").doesNotContain("another");
    }

    @Test
    void theControlWorkerNeedsNothingElse() {
        properties.clear();
        properties.put("slipway.worker.role", "control");

        assertThat(bind().name()).isEqualTo("worker-control");
    }

    @Test
    void pagesStayInTheLogUntilThereIsAKey() {
        properties.clear();
        properties.put("slipway.worker.role", "control");
        properties.put("slipway.pagerduty.routing-key-file", "");

        assertThat(bind().pagerduty().configured()).isFalse();
        assertThat(bind().pagerduty().eventsUrl()).hasToString("https://events.pagerduty.com/v2/enqueue");
        assertThat(bind().pagerduty().changesUrl()).hasToString("https://events.pagerduty.com/v2/change/enqueue");
    }

    @Test
    void eachEnvironmentMayHaveAKeyOfItsOwn() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef\n");
        properties.clear();
        properties.put("slipway.worker.role", "control");
        properties.put("slipway.pagerduty.routing-key-files.production", key.toString());
        properties.put("slipway.pagerduty.client", "jdk");

        PagerDutySettings settings = bind().pagerduty();

        assertThat(settings.configured()).isTrue();
        assertThat(settings.routingKeyFiles()).containsEntry("production", key);
        assertThat(settings.client()).isEqualTo(PagerDutySettings.Client.JDK);
        assertThat(settings.toString()).doesNotContain("0123456789abcdef");
    }

    @Test
    void onlyTheControlWorkerHoldsTheKeyOfThePager() throws IOException {
        Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef\n");
        properties.put("slipway.pagerduty.routing-key-file", key.toString());

        assertThatThrownBy(this::bind).hasStackTraceContaining("remove slipway.pagerduty.*");
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "slipway.worker.role|control|the control worker has no cluster credentials",
                "slipway.environment.name|Production!|'Production!' is not an environment name",
                "slipway.environment.kubeconfig|/nowhere/kubeconfig|slipway.environment.kubeconfig: cannot read /nowhere/kubeconfig",
                "slipway.environment.prometheus|ftp://prometheus|must be an http or https address",
                "slipway.environment.actions|0|must be at least 1",
                "slipway.environment.scrape.every|499ms|must be from 500ms to 30s, not 499ms",
                "slipway.environment.scrape.every|31s|must be from 500ms to 30s, not 31000ms",
                "slipway.pagerduty.events-url|events.pagerduty.com|slipway.pagerduty.events-url must be an http or https",
                "slipway.pagerduty.routing-key-file|/nowhere/key|slipway.pagerduty.routing-key-file: cannot read /nowhere/key",
                "slipway.temporal.tls.key-file|/nowhere/key|temporal.tls.key-file is set without temporal.tls.certificate-file",
                "slipway.temporal.tls.ca-file|/nowhere/ca|temporal.tls.ca-file: cannot read /nowhere/ca",
                "slipway.temporal.api-key-file|/nowhere/key|temporal.api-key-file: cannot read /nowhere/key",
                "slipway.starter.token-file|/nowhere/token|slipway.starter.token-file: cannot read /nowhere/token",
            })
    void aWrongSettingIsRefusedWithASentence(String name, String value, String sentence) {
        properties.put(name, value);

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "slipway.worker|slipway.worker.role is missing",
                "slipway.environment|slipway.worker.role=environment needs slipway.environment.name",
                "slipway.environment.helm|slipway.environment needs name, kubeconfig, prometheus and helm",
                "slipway.starter|bundles come from there",
                "slipway.starter.url|slipway.starter needs url and token-file",
            })
    void aMissingSettingIsNamed(String missing, String sentence) {
        properties.keySet().removeIf(name -> name.startsWith(missing));

        assertThatThrownBy(this::bind).rootCause().hasMessageContaining(sentence);
    }

    private WorkerSettings bind() {
        return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("slipway", WorkerSettings.class);
    }
}
