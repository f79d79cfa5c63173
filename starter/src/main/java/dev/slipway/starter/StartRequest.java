package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.ServiceName;
import dev.slipway.model.Version;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is asked beside the bundle.
 *
 * @param service must be the bundle's when it is there
 * @param imageTag the version by default
 * @param again a new attempt of a version that ended otherwise than promoted
 */
record StartRequest(
        @Nullable ServiceName service,
        @Nullable Version version,
        @Nullable String imageTag,
        @Nullable Digest imageDigest,
        @Nullable Boolean again,
        @Nullable Boolean supersede) {
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

    Version requiredVersion() {
        if (version == null) {
            throw Refusal.malformed("request.version is missing");
        }
        return version;
    }

    Digest requiredImage() {
        if (imageDigest == null) {
            throw Refusal.malformed("request.imageDigest is missing: sha256: and 64 hexadecimal digits");
        }
        return imageDigest;
    }

    /** The image tag; a version with {@code +} is none. */
    String tag() {
        String tag = Optional.ofNullable(imageTag).orElse(requiredVersion().value());
        if (!TAG.matcher(tag).matches()) {
            throw Refusal.malformed("'" + tag + "' is no image tag (letters, digits, '_', '.' and '-', at most 128);"
                    + " say another one with imageTag");
        }
        return tag;
    }

    boolean anew() {
        return Boolean.TRUE.equals(again);
    }

    boolean superseding() {
        return Boolean.TRUE.equals(supersede);
    }
}
