package dev.slipway.activities.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What makes two events one incident: the page's id, or its beginning and a digest of it when it is too long. */
final class DedupKey {
    static final int LONGEST = 255;
    private static final int DIGEST = 32;

    private DedupKey() {}

    static String of(String pageId) {
        if (pageId.length() <= LONGEST) {
            return pageId;
        }
        return pageId.substring(0, LONGEST - DIGEST - 1) + "~" + sha256(pageId).substring(0, DIGEST);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
