package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Temporal keeps when the platform team switches encryption on; docs/encryption.md. */
@Tag("long")
class EncryptionE2E {
    private static final String STAGES = Stages.canary("production", Stages.approve(), "50%", Stages.soak("8s", 50));
    private static final Pattern ENCODED = Pattern.compile("\"(?:data|encoding)\": *\"([A-Za-z0-9+/=]+)\"");
    private static final String REASON = "zebra crossing is clear";

    @Test
    void aReleaseThatRunsGoesOnEncryptedAndOnlyWhoMayDecodeReadsIt() {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        try (Service service = Service.named("sealed", STAGES)) {
            String release = service.release("1.1.0");
            String stage = service.name() + ":production";
            service.baseline("production", before);
            Cli.ci().run(service.releaseArguments(good, "--detach"));
            Cli.ci().awaitPhase(release, "WAITING", Duration.ofMinutes(2));
            assertThat(history(release)).as("not yet encrypted").contains(good.digest());

            Program.allRestarted("SLIPWAY_ENCRYPTED", "1");
            Load load = Load.begin(service.host("production"), 50);
            Shell.Result approved = Cli.approver2().run("approve", release, "--reason", REASON);
            Cli.ci().awaitOutcome(release, "PROMOTED", Duration.ofMinutes(4));
            load.end();

            assertThat(approved.exit()).as("%s", approved).isZero();
            assertThat(service.imageOf("production", service.name())).contains(good.digest());
            assertThat(history(stage)).contains("binary/encrypted").doesNotContain(REASON);
            assertThat(decoded(stage, Lab.need("SLIPWAY_TOKEN_APPROVER"))).contains(REASON);
            assertThat(decoded(stage, Lab.need("SLIPWAY_TOKEN")))
                    .as("who may not decode")
                    .doesNotContain(REASON);
            assertThat(Cli.ci().run("audit", release).out()).contains(REASON);
        }
    }

    /** With the lab as the other tests want it. */
    @AfterAll
    static void notEncrypted() {
        Program.allRestarted("SLIPWAY_ENCRYPTED", "");
    }

    private static String history(String workflow) {
        return texts(show(workflow).must());
    }

    private static String decoded(String workflow, String token) {
        Shell.Result shown = show(workflow)
                .with("TEMPORAL_CODEC_ENDPOINT", Lab.need("SLIPWAY_URL") + "/codec")
                .with("TEMPORAL_CODEC_AUTH", "Bearer " + token)
                .run();
        return shown.exit() == 0 ? texts(shown.out()) : "";
    }

    private static Shell show(String workflow) {
        return Lab.temporal("workflow", "show", "--workflow-id", workflow, "--output", "json");
    }

    /** What a reader makes of it: the CLI prints each payload, and what says how it is encoded, in Base64. */
    private static String texts(String json) {
        StringBuilder texts = new StringBuilder();
        Matcher encoded = ENCODED.matcher(json);
        while (encoded.find()) {
            byte[] bytes = Base64.getDecoder().decode(encoded.group(1));
            texts.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
        }
        return texts.toString();
    }
}
