package dev.slipway.model;

import java.time.Instant;
import java.util.Locale;

/**
 * One entry of an evidence file: what somebody has found out about an artifact. Who that was is no part of it: whoever hands it
 * in is asked who they are.
 *
 * @param name what was looked at, such as {@code unit-tests}
 * @param subject the image or chart that it speaks of
 * @param url where a person sees more, empty when nowhere
 * @param producedAt when it was found out, as the file says
 * @param content of the whole entry, with what is not kept of it
 */
public record Report(String name, Status status, Digest subject, String url, Instant producedAt, Digest content) {

    /** What was found out; in a file in lower case. */
    public enum Status {
        PASSED,
        FAILED;

        /** As in a file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
