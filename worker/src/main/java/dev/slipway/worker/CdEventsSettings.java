package dev.slipway.worker;

import dev.slipway.activities.emit.EventReceiver;
import dev.slipway.activities.emit.Listener;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the control worker sends CDEvents, under {@code slipway.cdevents}; nowhere without a url. Empty text counts as absent.
 *
 * @param tokenFile the receiver's bearer token; read at each event, so it can be changed
 * @param source what the events name as theirs: the starter's address as people reach it
 */
@ConfigurationProperties("slipway.cdevents")
record CdEventsSettings(
        @DefaultValue("") String url,
        @DefaultValue("") String tokenFile,
        @DefaultValue("/slipway") String source) {
    CdEventsSettings {
        if (!url.isBlank()) {
            String scheme = URI.create(url).getScheme();
            if (!"http".equals(scheme) && !"https".equals(scheme)) {
                throw new IllegalArgumentException("slipway.cdevents.url must be an http or https address");
            }
        }
        file(tokenFile).ifPresent(SettingFile::requireReadable);
    }

    Optional<Listener> listener() {
        return url.isBlank()
                ? Optional.empty()
                : Optional.of(
                        new EventReceiver(URI.create(url), this::token, URI.create(source.replaceFirst("/+$", ""))));
    }

    private Optional<String> token() {
        return file(tokenFile).map(SettingFile::content);
    }

    private static Optional<SettingFile> file(String path) {
        return path.isBlank()
                ? Optional.empty()
                : Optional.of(new SettingFile("slipway.cdevents.token-file", Path.of(path)));
    }
}
