package dev.slipway.activities.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealKeysTest {
    @TempDir
    Path folder;

    @Test
    void knowsEachKeyByTheNameThatTheStarterGivesIt() throws IOException {
        Signer one = new Signer();
        Signer two = new Signer();

        SealKeys keys = SealKeys.of(List.of(one.publicFile(folder), two.publicFile(folder)));

        assertThat(keys.verifiers())
                .containsEntry(one.keyId(), one.publicKey())
                .containsEntry(two.keyId(), two.publicKey())
                .hasSize(2);
        assertThat(keys.toString()).contains(one.keyId(), two.keyId()).doesNotContain(one.publicKey());
    }

    @Test
    void saysWhatIsWrongWithAFileAndWhatToDo() throws Exception {
        Signer key = new Signer();
        var rsa = KeyPairGenerator.getInstance("RSA");
        String other = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder()
                        .encodeToString(rsa.generateKeyPair().getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";

        refused(folder.resolve("absent.pem"), "cannot read", "absent.pem");
        refused(folder, "cannot read");
        refused(written("empty.pem", ""), "empty.pem has no block 'PUBLIC KEY': copy decision-key.pub.pem");
        refused(written("pair.pem", key.privateBlock() + key.publicBlock()), "holds a private key", "the public half");
        refused(written("two.pem", key.publicBlock() + new Signer().publicBlock()), "several public keys");
        refused(written("rsa.pem", other), "holds no Ed25519 public key");
        refused(written("cut.pem", key.publicBlock().replace(key.publicKey(), "AAAA")), "no Ed25519 public key");
        assertThatThrownBy(() -> SealKeys.of(List.of())).hasMessageContaining("keys is missing");
    }

    private static void refused(Path file, String... words) {
        assertThatThrownBy(() -> SealKeys.of(List.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(words);
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
