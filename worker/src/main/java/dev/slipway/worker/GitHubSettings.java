package dev.slipway.worker;

import dev.slipway.activities.emit.GitHubDeployments;
import dev.slipway.activities.emit.Listener;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the control worker shows releases on GitHub, under {@code slipway.github}; nowhere without repositories.
 *
 * @param tokenFile may write deployments of the repositories; read at each request, so it can be changed
 * @param repositories {@code owner/name} by service
 * @param ref the tag of a version, {@code {version}} in it
 * @param logUrl where people read on, {@code {release}} in it
 * @param environmentUrls where an environment is, by its name
 */
@ConfigurationProperties("slipway.github")
record GitHubSettings(
        @DefaultValue("") String tokenFile,
        @DefaultValue("https://api.github.com") URI apiUrl,
        @DefaultValue Map<String, String> repositories,
        @DefaultValue("{version}") String ref,
        @DefaultValue("") String logUrl,
        @DefaultValue Map<String, String> environmentUrls) {
    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9-]{1,39}/[A-Za-z0-9._-]{1,100}");

    GitHubSettings {
        repositories.forEach((service, repository) -> {
            if (!REPOSITORY.matcher(repository).matches()) {
                throw new IllegalArgumentException(
                        "slipway.github.repositories." + service + " must be OWNER/NAME, not " + repository);
            }
        });
        if (!repositories.isEmpty() && (tokenFile.isBlank() || !Files.isReadable(Path.of(tokenFile)))) {
            throw new IllegalArgumentException("slipway.github.token-file: cannot read '" + tokenFile + "'");
        }
    }

    Optional<Listener> listener() {
        return repositories.isEmpty()
                ? Optional.empty()
                : Optional.of(new GitHubDeployments(
                        URI.create(apiUrl.toString().replaceFirst("/+$", "")),
                        this::token,
                        new GitHubDeployments.Places(repositories, ref, logUrl, environmentUrls)));
    }

    private String token() {
        return new SettingFile("slipway.github.token-file", Path.of(tokenFile)).content();
    }
}
