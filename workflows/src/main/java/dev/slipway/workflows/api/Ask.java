package dev.slipway.workflows.api;

import dev.slipway.model.Digest;
import dev.slipway.model.ReleaseId;

/**
 * Which question somebody was asked, for a button that brings it back. It proves nothing: whoever answers is asked who they
 * are, and an answer to another attempt, gate or fingerprint than the open one counts for nothing.
 *
 * @param gate {@code ENVIRONMENT/NAME}
 * @param fingerprint of the digests that were shown
 */
public record Ask(ReleaseId release, int attempt, String gate, Digest fingerprint) {
    private static final String VERSION = "1";
    private static final int PARTS = 5;

    /** As a button carries it. */
    public String text() {
        return String.join(" ", VERSION, release.toString(), Integer.toString(attempt), fingerprint.value(), gate);
    }

    /**
     * @throws IllegalArgumentException when it is no such text
     */
    public static Ask parse(String text) {
        String[] parts = text.split(" ", PARTS);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw new IllegalArgumentException("this button is not of this version of Slipway");
        }
        return new Ask(ReleaseId.parse(parts[1]), Integer.parseInt(parts[2]), parts[4], new Digest(parts[3]));
    }
}
