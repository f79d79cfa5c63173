package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A stage that asks CI rather than people. */
class EvidenceE2E {
    private static final String STAGE = Stages.rolling("development", "")
            .replace(
                    "  rolling: {}",
                    "  before: [ { require: { evidence: [unit-tests], group: ci, maxAge: 1h, within: 10m } } ]\n"
                            + "  rolling: {}");

    @Test
    void aReleaseWaitsForItsEvidenceAndGoesOnWhenTheRightOneHandsItIn() {
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("evidence", STAGE)) {
            String release = service.release("1.1.0");
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            Cli.ci().awaitPhase(release, "WAITING", Duration.ofMinutes(2));

            Path evidence = evidence(good.digest(), "passed");
            Shell.Result foreign = Cli.ci()
                    .run(
                            "attest",
                            release,
                            "--evidence",
                            evidence("sha256:" + "0".repeat(64), "passed").toString());
            Shell.Result ofAnother = Cli.approver().run("attest", release, "--evidence", evidence.toString());
            Cli.ci().awaitPhase(release, "WAITING", Duration.ofSeconds(30));
            String missing = Cli.ci().get(release).path("waitingFor").asText();
            Shell.Result attested = Cli.ci().run("attest", release, "--evidence", evidence.toString());
            Shell.Result released = releasing.await();

            assertThat(foreign.exit()).as("%s", foreign).isEqualTo(3);
            assertThat(foreign.err()).contains("is neither the image of this release");
            assertThat(ofAnother.exit()).as("%s", ofAnother).isZero();
            assertThat(missing).isEqualTo("evidence unit-tests");
            assertThat(attested.exit()).as("%s", attested).isZero();
            assertThat(released.exit()).as("%s", released).isZero();
            assertThat(service.imageOf("development", service.name())).contains(good.digest());
            assertThat(Cli.ci().run("audit", release).out()).contains("ci attested unit-tests passed");
        }
    }

    @Test
    void whatHasFailedIsRefusedBeforeAnythingIsTouched() {
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("failed", STAGE)) {
            Shell.Result released = Cli.ci()
                    .run(service.releaseArguments(
                            good,
                            "--evidence",
                            evidence(good.digest(), "failed").toString()));

            assertThat(released.exit()).as("%s", released).isEqualTo(18);
            assertThat(released.out()).contains("unit-tests", "failed, handed in by ci");
            assertThat(service.imageOf("development", service.name())).isEmpty();
        }
    }

    private static Path evidence(String subject, String status) {
        try {
            return Files.writeString(
                    Files.createTempFile("slipway-e2e", ".json"), """
                    [{"name":"unit-tests","status":"%s","subject":"%s","url":"https://ci.example.com/runs/17","producedAt":"%s"}]
                    """.formatted(status, subject, Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
