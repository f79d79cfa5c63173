package dev.slipway.pipeline;

import java.nio.charset.StandardCharsets;

/**
 * The text of a release.yaml as it was read.
 *
 * @param file the name that problems show
 */
public record Source(String file, String text) {
    /** The very bytes that were read. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
