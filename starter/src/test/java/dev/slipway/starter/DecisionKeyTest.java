package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.SignedDecision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecisionKeyTest {
    @TempDir
    Path folder;

    private static Decision decision(String reason) {
        return new Decision(
                ReleaseId.parse("podinfo@1.0.0"),
                1,
                "production/approve",
                Api.image("x"),
                new Actor("approver-1", Set.of("deployers")),
                Decision.Choice.APPROVE,
                reason,
                "nonce",
                Instant.EPOCH);
    }

    @Test
    void aKeyIsMadeOnceForItsOwnerAloneAndReadAgain() throws Exception {
        Path file = folder.resolve("data/key.pem");

        DecisionKey made = new DecisionKey(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(new DecisionKey(file).verifiers()).isEqualTo(made.verifiers());
    }

    @Test
    void itsPublicHalfLiesBesideForTheWorkersAndHoldsNothingElse() throws Exception {
        Path file = folder.resolve("data/decision-key.pem");
        DecisionKey made = new DecisionKey(file);
        Path beside = folder.resolve("data/decision-key.pub.pem");

        String key = made.verifiers().values().iterator().next();
        assertThat(beside).hasContent("-----BEGIN PUBLIC KEY-----\n" + key + "\n-----END PUBLIC KEY-----\n");

        assertThat(beside).hasContent(made.pem());
        Files.writeString(beside, "that of another key");
        assertThat(new DecisionKey(file).verifiers()).isEqualTo(made.verifiers());
        assertThat(Files.readString(beside)).startsWith("-----BEGIN PUBLIC KEY-----");
    }

    @Test
    void aPublicHalfThatCannotBeWrittenIsNoReasonNotToSign() throws Exception {
        Path file = folder.resolve("data/decision-key.pem");
        DecisionKey made = new DecisionKey(file);
        Files.delete(folder.resolve("data/decision-key.pub.pem"));
        Files.createDirectory(folder.resolve("data/decision-key.pub.pem"));

        assertThat(new DecisionKey(file).verifiers()).isEqualTo(made.verifiers());
    }

    @Test
    void whatItSignsVerifiesAndNothingElseDoes() {
        DecisionKey key = new DecisionKey(folder.resolve("key.pem"));

        SignedDecision signed = key.sign(decision(""));

        assertThat(signed.verifies(key.verifiers())).isTrue();
        assertThat(new SignedDecision(decision("other"), signed.keyId(), signed.signature()).verifies(key.verifiers()))
                .isFalse();
        assertThat(signed.verifies(new DecisionKey(folder.resolve("other.pem")).verifiers()))
                .isFalse();
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws Exception {
        Path file = folder.resolve("key.pem");
        DecisionKey made = new DecisionKey(file);
        assertThat(made.verifiers()).hasSize(1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> new DecisionKey(file)).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void aBrokenKeyFileIsRefusedWithoutShowingIt() throws Exception {
        Path file = folder.resolve("key.pem");
        DecisionKey made = new DecisionKey(file);
        assertThat(made.verifiers()).hasSize(1);
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.indexOf("-----BEGIN PUBLIC")));

        assertThatThrownBy(() -> new DecisionKey(file)).hasMessageContaining("no block PUBLIC KEY");
    }
}
