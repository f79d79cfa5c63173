package dev.slipway.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.slipway.workflows.api.Payloads;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptingCodecTest {
    private static final String SECRET = "zebra";
    private static final int SUMMARY_LIMIT = 400;
    private static final int BLOB_LIMIT = 2 * 1024 * 1024;

    @TempDir
    Path folder;

    private KeyFiles keys;

    @BeforeEach
    void keys() {
        keys = new KeyFiles(folder.resolve("keys")).make("old").make("new");
    }

    private static Payload encoded(Encryption by, Object value) {
        return by.converter().toPayload(value).orElseThrow();
    }

    private static String decoded(Encryption by, Payload payload) {
        return by.converter().fromPayload(payload, String.class, String.class);
    }

    @Test
    void onlyTheKeysIdIsReadable() {
        Payload sealed = encoded(keys.active("old"), SECRET);

        assertThat(new String(sealed.toByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET, "json/plain")
                .contains("binary/encrypted", "old");
        assertThat(decoded(keys.active("old"), sealed)).isEqualTo(SECRET);
    }

    @Test
    void theSameTwiceLooksDifferent() {
        Encryption encryption = keys.active("old");
        Set<ByteString> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            seen.add(encoded(encryption, SECRET).getData().substring(0, 12));
        }

        assertThat(seen).as("nonces").hasSize(1000);
    }

    @Test
    void afterARotationBothAreReadableAndTheNewKeyIsUsed() {
        Payload before = encoded(keys.active("old"), SECRET);
        Encryption rotated = keys.active("new");

        assertThat(decoded(rotated, before)).isEqualTo(SECRET);
        assertThat(encoded(rotated, SECRET)
                        .getMetadataOrThrow("encryption-key-id")
                        .toStringUtf8())
                .isEqualTo("new");
        assertThat(decoded(keys.active("old"), encoded(rotated, SECRET)))
                .as("by a process that has not been restarted yet")
                .isEqualTo(SECRET);
    }

    @Test
    void switchedOffItStaysReadableAndSwitchedOnPlainPayloadsDo() {
        Payload plain = encoded(Encryption.NONE, SECRET);
        Payload sealed = encoded(keys.active("new"), SECRET);

        assertThat(decoded(keys.passive(), sealed)).isEqualTo(SECRET);
        assertThat(decoded(keys.active("new"), plain)).isEqualTo(SECRET);
        assertThat(encoded(keys.passive(), SECRET)).isEqualTo(plain);
    }

    @Test
    void withoutConfigurationNothingIsDifferent() {
        DataConverter before = Payloads.converter();
        DataConverter now = Encryption.NONE.converter();
        ApplicationFailure failure = ApplicationFailure.newFailure("broken", "Type", SECRET);

        assertThat(now.toPayload(SECRET)).isEqualTo(before.toPayload(SECRET));
        assertThat(now.toPayloads(SECRET, 1)).isEqualTo(before.toPayloads(SECRET, 1));
        assertThat(now.exceptionToFailure(failure)).isEqualTo(before.exceptionToFailure(failure));
    }

    @Test
    void anyChangeIsNoticed() {
        Encryption encryption = keys.active("old");
        Payload sealed = encoded(encryption, SECRET);
        byte[] data = sealed.getData().toByteArray();
        for (int i = 0; i < data.length; i++) {
            byte[] changed = data.clone();
            changed[i] ^= 1;
            Payload other =
                    sealed.toBuilder().setData(ByteString.copyFrom(changed)).build();
            assertThatThrownBy(() -> decoded(encryption, other))
                    .as("byte %s", i)
                    .isInstanceOf(UnreadablePayloadException.class)
                    .hasMessageContaining("it was changed since");
        }
        assertThatThrownBy(() -> decoded(
                        encryption, sealed.toBuilder().setData(ByteString.EMPTY).build()))
                .hasMessageContaining("it was changed since");
    }

    @Test
    void theKeysIdIsBoundSoACopyOfAKeyUnderAnotherIdOpensNothing() {
        Payload sealed = encoded(keys.active("old"), SECRET);
        KeyFiles others = new KeyFiles(folder.resolve("others"));
        others.write("other", read(keys, "old"));
        Payload relabelled = sealed.toBuilder()
                .putMetadata("encryption-key-id", ByteString.copyFromUtf8("other"))
                .build();

        assertThatThrownBy(() -> decoded(others.passive(), relabelled))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("'other', but does not open with it");
    }

    @Test
    void aMissingKeyIsNamedWithWhatToDo() {
        Payload sealed = encoded(keys.active("new"), SECRET);

        assertThatThrownBy(() -> decoded(keys.remove("new").active("old"), sealed))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining(
                        "the key 'new', which this process does not have: put it into " + keys.file("new"));
        assertThatThrownBy(() -> decoded(Encryption.NONE, sealed))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("set slipway.encryption.keys to the folder with new.key");
    }

    @Test
    void aKeyThatIsBroughtLaterIsFoundWithoutARestart() {
        Payload sealed = encoded(keys.active("new"), SECRET);
        KeyFiles poor = new KeyFiles(folder.resolve("poor")).bring("old", keys);
        DataConverter running = poor.active("old").converter();
        assertThatThrownBy(() -> running.fromPayload(sealed, String.class, String.class))
                .isInstanceOf(UnreadablePayloadException.class);

        poor.bring("new", keys);

        assertThat(running.fromPayload(sealed, String.class, String.class)).isEqualTo(SECRET);
    }

    @Test
    void aKeyThatWasBroughtBrokenIsAMissingOneThatSaysWhy() {
        Payload sealed = encoded(keys.active("new"), SECRET);
        KeyFiles poor = new KeyFiles(folder.resolve("poor")).bring("old", keys);
        DataConverter running = poor.active("old").converter();
        poor.write("new", "nonsense!");

        assertThatThrownBy(() -> running.fromPayload(sealed, String.class, String.class))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("new.key: it is no Base64");
    }

    @Test
    void anIdThatIsAPathIsNoId() throws Exception {
        Payload foreign = encoded(keys.active("new"), SECRET).toBuilder()
                .putMetadata("encryption-key-id", ByteString.copyFromUtf8("../keys/new"))
                .build();

        assertThatThrownBy(() -> decoded(keys.passive(), foreign))
                .isInstanceOf(UnreadablePayloadException.class)
                .hasMessageContaining("not by Slipway")
                .hasMessageNotContaining("../");
    }

    @Test
    void failuresShowNeitherMessageNorStackNorDetails() {
        Encryption encryption = keys.active("new");
        ApplicationFailure thrown = ApplicationFailure.newFailureWithCause(
                "broken " + SECRET, "Type", new IllegalStateException("because of " + SECRET), SECRET);

        Failure failure = encryption.converter().exceptionToFailure(thrown);

        assertThat(failure.toString()).doesNotContain(SECRET).contains("Encoded failure", "IllegalStateException");
        assertThat(encryption.converter().failureToException(failure))
                .hasMessageContaining("broken " + SECRET)
                .cause()
                .hasMessageContaining("because of " + SECRET);
        assertThat(Payloads.converter().exceptionToFailure(thrown).toString()).contains(SECRET);
    }

    @Test
    void thatAKeyIsMissingCanBeReadWithoutOne() {
        Encryption encryption = keys.active("new");
        Throwable missing = new IllegalStateException("state of " + SECRET, UnreadablePayloadException.noKeys("gone"));

        Failure failure = encryption.converter().exceptionToFailure(missing);

        assertThat(failure.getMessage()).contains("'gone'").doesNotContain(SECRET);
        assertThat(failure.getApplicationFailureInfo().getNonRetryable()).isFalse();
        assertThat(failure.toString()).doesNotContain(SECRET);
    }

    @Test
    void aLongSummaryAndALargePayloadStayWithinTemporalsLimits() {
        String longest = "a".repeat(32);
        Encryption encryption = keys.make(longest).active(longest);

        assertThat(encoded(encryption, "s".repeat(200)).getSerializedSize()).isLessThanOrEqualTo(SUMMARY_LIMIT);
        byte[] large = new byte[BLOB_LIMIT - 400];
        assertThat(encoded(Encryption.NONE, large).getSerializedSize()).isLessThan(BLOB_LIMIT);
        assertThat(encoded(encryption, large).getSerializedSize()).isLessThan(BLOB_LIMIT);
    }

    @Test
    void manyPayloadsKeepTheirOrder() {
        Encryption encryption = keys.active("new");
        List<Payload> plain = List.of(encoded(Encryption.NONE, "a"), encoded(Encryption.NONE, "b"));

        assertThat(encryption.codec().decode(encryption.codec().encode(plain))).isEqualTo(plain);
    }

    private static String read(KeyFiles keys, String id) {
        try {
            return Files.readString(keys.file(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
