package dev.slipway.authorizer;

import dev.slipway.connection.SecretFile;
import java.util.Base64;
import java.util.List;

/**
 * The keys of {@link TaskTokens}, the same for all authorizers of one Temporal: a line each, 32 bytes in Base64, the newest
 * first. Tasks are bound with the newest; what was bound with another is still taken.
 *
 * @param all at least one
 */
record TokenKeys(List<byte[]> all) {
    private static final int BYTES = 32;

    TokenKeys {
        all = List.copyOf(all);
    }

    byte[] newest() {
        return all.get(0);
    }

    /** @throws IllegalArgumentException naming setting and file, and nothing of what is in it */
    static TokenKeys read(SecretFile file) {
        List<byte[]> keys = file.content()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(line -> key(file, line))
                .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(file.setting() + ": there is no key in " + file.path() + make(file));
        }
        return new TokenKeys(keys);
    }

    private static byte[] key(SecretFile file, String line) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException wrong) {
            // what the decoder says shows a part of the key
            key = new byte[0];
        }
        if (key.length != BYTES) {
            throw new IllegalArgumentException(file.setting() + ": each line of " + file.path() + " must be " + BYTES
                    + " bytes in Base64" + make(file));
        }
        return key;
    }

    private static String make(SecretFile file) {
        return "; make one with: (umask 077; openssl rand -base64 " + BYTES + " >" + file.path() + ")";
    }

    /** Nothing of a key. */
    @Override
    public String toString() {
        return "TokenKeys[" + all.size() + "]";
    }
}
