package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.model.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which version, and which image it is. */
final class VersionOptions {
    @Option(names = "--version", paramLabel = "VERSION", required = true, description = "The version to release.")
    @SuppressWarnings("NullAway.Init")
    private Version version;

    @Option(
            names = "--image-tag",
            paramLabel = "TAG",
            description = "The image's tag when it is not the version itself.")
    private @Nullable String tag;

    @Option(
            names = "--image-digest",
            paramLabel = "DIGEST",
            description = "The image's digest, sha256:...; default: what the tag has in the registry now.")
    private @Nullable Digest digest;

    Version version() {
        return version;
    }

    /** The image's tag: the version, unless another one was given. */
    String tag() {
        return tag == null ? version.value() : tag;
    }

    Optional<Digest> digest() {
        return Optional.ofNullable(digest);
    }
}
