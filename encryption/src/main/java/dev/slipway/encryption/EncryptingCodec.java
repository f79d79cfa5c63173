package dev.slipway.encryption;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Wraps each payload whole, its own metadata too, into one that tells only which key it needs. What is not wrapped passes
 * through both ways, so that encryption can be switched on and off under releases that run.
 */
final class EncryptingCodec implements PayloadCodec {
    static final String ENCODING = "encoding";
    static final String ENCRYPTED = "binary/encrypted";
    static final String KEY_ID = "encryption-key-id";

    /** Before what is bound, so that what another format binds never means the same. */
    private static final String FORMAT = "slipway-payload-1";

    private final Optional<KeyFolder> keys;
    private final @Nullable String active;

    EncryptingCodec(Optional<KeyFolder> keys, @Nullable String active) {
        this.keys = keys;
        this.active = active;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        String id = active;
        return id == null
                ? payloads
                : payloads.stream().map(one -> sealed(one, id)).toList();
    }

    /** @throws UnreadablePayloadException nothing is lost by it: what needs the payload is tried again */
    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::opened).toList();
    }

    private Payload sealed(Payload plain, String id) {
        byte[] sealed = AesGcm.seal(keys.orElseThrow().require(id), plain.toByteArray(), bound(id));
        return Payload.newBuilder()
                .putMetadata(ENCODING, ByteString.copyFromUtf8(ENCRYPTED))
                .putMetadata(KEY_ID, ByteString.copyFromUtf8(id))
                .setData(ByteString.copyFrom(sealed))
                .build();
    }

    private Payload opened(Payload payload) {
        if (!metadata(payload, ENCODING).equals(ENCRYPTED)) {
            return payload;
        }
        String id = metadata(payload, KEY_ID);
        try {
            return Payload.parseFrom(AesGcm.open(key(id), payload.getData().toByteArray(), bound(id)));
        } catch (AEADBadTagException | InvalidProtocolBufferException e) {
            throw UnreadablePayloadException.changed(id);
        }
    }

    private SecretKey key(String id) {
        if (!KeyFolder.isId(id)) {
            throw UnreadablePayloadException.foreign();
        }
        KeyFolder folder = keys.orElseThrow(() -> UnreadablePayloadException.noKeys(id));
        try {
            return folder.find(id).orElseThrow(() -> UnreadablePayloadException.noKey(id, folder.file(id)));
        } catch (IllegalArgumentException unusable) {
            throw UnreadablePayloadException.unusableKey(id, unusable);
        }
    }

    /** The key's id and the encoding: a payload that was relabelled is no payload any more. */
    private static byte[] bound(String id) {
        return String.join("\n", FORMAT, ENCRYPTED, id).getBytes(StandardCharsets.UTF_8);
    }

    private static String metadata(Payload payload, String name) {
        return payload.getMetadataOrDefault(name, ByteString.EMPTY).toStringUtf8();
    }
}
