package dev.slipway.encryption;

import dev.slipway.workflows.api.Payloads;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a process encrypts what it gives to Temporal, {@code slipway.encryption} in the settings; docs/encryption.md.
 *
 * @param keys folder with a file {@code ID.key} for each key; empty text counts as absent, as for {@code active}
 * @param active id of the key that encrypts; when it is absent nothing more is encrypted, and what is stays readable
 */
public record Encryption(@Nullable String keys, @Nullable String active) {
    /** Nothing is encrypted, and nothing that is can be read. */
    public static final Encryption NONE = new Encryption(null, null);

    /** @throws IllegalArgumentException when a key cannot be used, or the active one is not there */
    public Encryption {
        keys = keys == null || keys.isBlank() ? null : keys.strip();
        active = active == null || active.isBlank() ? null : active.strip();
        if (keys == null && active != null) {
            throw new IllegalArgumentException("slipway.encryption.active is '" + active
                    + "', but slipway.encryption.keys does not say in which folder its key is");
        }
        if (keys != null) {
            KeyFolder folder = KeyFolder.open(Path.of(keys));
            if (active != null) {
                folder.require(active);
            }
        }
    }

    /** The converter for clients, workers and test environments. */
    public DataConverter converter() {
        return new EncryptingConverter(Payloads.converter(), codec(), active != null);
    }

    /** What the converter does with each payload. */
    public PayloadCodec codec() {
        return new EncryptingCodec(folder(), active);
    }

    /** What the process says of it at its start. */
    public String words() {
        String readable = folder().map(folder -> "the keys of " + keys + " are " + folder.ids())
                .orElse("there are no keys: see slipway.encryption.keys");
        return (active == null
                        ? "what goes to Temporal is not encrypted; "
                        : "what goes to Temporal is encrypted with the key " + active + "; ")
                + readable;
    }

    private Optional<KeyFolder> folder() {
        return Optional.ofNullable(keys).map(Path::of).map(KeyFolder::open);
    }
}
