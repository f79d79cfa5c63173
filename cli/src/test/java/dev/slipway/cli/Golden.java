package dev.slipway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Texts that were looked at once and must stay as they are; in the test resources. */
final class Golden {
    private Golden() {}

    static String read(String name) throws IOException {
        try (InputStream file = Golden.class.getResourceAsStream(name)) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
