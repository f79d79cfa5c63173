package dev.slipway.worker;

import dev.slipway.activities.emit.Listener;
import dev.slipway.activities.emit.TraceReceiver;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the control worker sends traces of releases, under {@code slipway.traces}; nowhere without an endpoint. Empty text
 * counts as absent.
 *
 * @param endpoint the whole address, {@code /v1/traces} included
 * @param headersFile a line {@code NAME: VALUE} for each header that the receiver wants; read at each request, so it can be
 *     changed
 * @param runUrl where people read on, {@code {release}} in it
 */
@ConfigurationProperties("slipway.traces")
record TracesSettings(
        @DefaultValue("") String endpoint,
        @DefaultValue("") String headersFile,
        @DefaultValue("") String runUrl) {
    TracesSettings {
        if (!endpoint.isBlank()) {
            URI address = URI.create(endpoint);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            if (!http || address.getHost() == null || address.getPath().isEmpty()) {
                throw new IllegalArgumentException("slipway.traces.endpoint must be the whole http or https address,"
                        + " such as http://collector:4318/v1/traces");
            }
        }
        if (!headersFile.isBlank()) {
            new SettingFile("slipway.traces.headers-file", Path.of(headersFile)).requireReadable();
            headers(headersFile);
        }
    }

    Optional<Listener> listener() {
        return endpoint.isBlank()
                ? Optional.empty()
                : Optional.of(new TraceReceiver(URI.create(endpoint), () -> headers(headersFile), runUrl));
    }

    private static Map<String, String> headers(String file) {
        Map<String, String> headers = new LinkedHashMap<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty()) {
                int colon = line.indexOf(':');
                String name = line.substring(0, Math.max(colon, 0)).strip();
                String value = line.substring(colon + 1).strip();
                if (!sendable(name, value)) {
                    throw new IllegalArgumentException("slipway.traces.headers-file: line " + (i + 1) + " of " + file
                            + " is not NAME: VALUE of a header that may be sent");
                }
                headers.put(name, value);
            }
        }
        return headers;
    }

    /** What the client says of a header that it does not like may hold the secret, so it is not passed on. */
    private static boolean sendable(String name, String value) {
        try {
            HttpRequest.newBuilder().setHeader(name, value);
            return !value.isEmpty();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    private static List<String> lines(String file) {
        return file.isBlank() ? List.of() : new SettingFile("slipway.traces.headers-file", Path.of(file)).lines();
    }
}
