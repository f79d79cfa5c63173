package dev.slipway.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionTest {
    @TempDir
    Path folder;

    private KeyFiles keys;

    @BeforeEach
    void aKey() {
        keys = new KeyFiles(folder.resolve("keys")).make("2026-11");
    }

    @Test
    void theProcessSaysWhatItEncryptsWithAndNothingOfTheKey() throws Exception {
        String key = Files.readString(keys.file("2026-11")).strip();

        Encryption encryption = keys.make("2026-12").active("2026-11");

        assertThat(encryption.words())
                .isEqualTo("what goes to Temporal is encrypted with the key 2026-11; the keys of " + keys.folder()
                        + " are [2026-11, 2026-12]");
        assertThat(encryption + encryption.words()).doesNotContain(key);
        assertThat(keys.passive().words()).startsWith("what goes to Temporal is not encrypted; the keys of ");
        assertThat(new Encryption("", " ").words())
                .isEqualTo("what goes to Temporal is not encrypted; there are no keys: see slipway.encryption.keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-", "rw------x"})
    void aKeyThatOthersCanUseIsRefused(String permissions) throws Exception {
        Files.setPosixFilePermissions(keys.file("2026-11"), PosixFilePermissions.fromString(permissions));

        assertThatThrownBy(() -> keys.active("2026-11"))
                .hasMessageContaining("others than its owner can use it; chmod 600 " + keys.file("2026-11"));
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> keys.write("2026-11", "hunter2!").passive())
                .hasMessageContaining("2026-11.key: it is no Base64")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
        assertThatThrownBy(() -> keys.write("2026-11", "aHVudGVyMg==").passive())
                .hasMessageContaining("2026-11.key: it has 7 bytes, not 32");
    }

    @Test
    void anActiveKeyThatIsNotThereIsRefusedWithHowToMakeIt() {
        assertThatThrownBy(() -> keys.active("2027-01"))
                .hasMessageContaining("2027-01.key: it cannot be read")
                .hasMessageContaining("head -c 32 /dev/urandom | base64 > " + keys.file("2027-01"));
    }

    @Test
    void settingsThatMeanNothingAreRefused() {
        assertThatThrownBy(() -> new Encryption(null, "2026-11"))
                .hasMessageContaining("slipway.encryption.keys does not say in which folder");
        assertThatThrownBy(() -> new Encryption(folder.resolve("nowhere").toString(), null))
                .hasMessageContaining("slipway.encryption.keys: cannot read the folder");
        assertThatThrownBy(() -> keys.active("../2026-11")).hasMessageContaining("is no id of a key");
        assertThatThrownBy(() -> keys.make("Upper").passive()).hasMessageContaining("'Upper'", "is no id of a key");
    }
}
