package dev.slipway.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Server-sent events (HTML standard, section 9.2) read from a stream, one at a time. */
final class SseReader {
    private static final int LARGEST_EVENT = 4 << 20;

    private final BufferedReader lines;
    private final Runnable heard;

    /**
     * @param heard called for every line, keep-alives too
     */
    SseReader(InputStream stream, Runnable heard) {
        this.heard = heard;
        this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    /**
     * @param name {@code message} when the server gave none
     * @param id empty when there is none
     */
    record Event(String name, String data, String id) {}

    /** Waits for the next event that has data; empty at the end of the stream. An event that is cut off is dropped. */
    Optional<Event> next() throws IOException {
        String name = "message";
        String id = "";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            heard.run();
            if (line.isEmpty()) {
                if (data.length() > 0) {
                    return Optional.of(new Event(name, data.substring(0, data.length() - 1), id));
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data.append(value).append('\n');
                default -> {
                    // comments (keep-alives), retry and what later versions add
                }
            }
            if (data.length() > LARGEST_EVENT) {
                throw new IOException("the server sent an event of more than " + LARGEST_EVENT + " characters");
            }
        }
        return Optional.empty();
    }
}
