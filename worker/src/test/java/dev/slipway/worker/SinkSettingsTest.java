package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SinkSettingsTest {
    private final Map<String, String> properties = new HashMap<>();

    @Test
    void withoutSettingsNobodyIsTold() {
        properties.put("slipway.cdevents.url", "");

        assertThat(cdevents().listener()).isEmpty();
        assertThat(github().listener()).isEmpty();
        assertThat(traces().listener()).isEmpty();
    }

    @Test
    void anAddressIsEnoughForEventsAndARepositoryWithATokenForGitHub(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        properties.put("slipway.cdevents.url", "https://events.example.com/in");
        properties.put("slipway.github.repositories.podinfo", "acme/podinfo");
        properties.put("slipway.github.token-file", token.toString());

        assertThat(cdevents().listener()).isPresent();
        assertThat(github().listener()).isPresent();
    }

    @Test
    void anAddressIsEnoughForTracesAndHeadersMayBeInAFile(@TempDir Path folder) throws IOException {
        properties.put("slipway.traces.endpoint", "https://collector.example.com:4318/v1/traces");
        assertThat(traces().listener()).isPresent();

        Path headers =
                Files.writeString(folder.resolve("headers"), "Authorization: Bearer a:b\n\nX-Scope-OrgID: releases\n");
        properties.put("slipway.traces.headers-file", headers.toString());
        assertThat(traces().listener()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"verysecret", "Host: verysecret", ": verysecret", "api-key: verysecret\u0001", "a b: verysecret"
            })
    void aHeaderThatCannotBeSentIsRefusedByItsLineAndNotShown(String line, @TempDir Path folder) throws IOException {
        Path headers = Files.writeString(folder.resolve("headers"), "X-Scope-OrgID: releases\n" + line + "\n");
        properties.put("slipway.traces.headers-file", headers.toString());

        assertThatThrownBy(this::traces)
                .rootCause()
                .hasMessageContaining("line 2 of " + headers)
                .hasMessageNotContaining("verysecret");
    }

    @ParameterizedTest
    @CsvSource({
        "slipway.cdevents.url, ftp://events, must be an http or https address",
        "slipway.cdevents.token-file, /nowhere/token, cannot read /nowhere/token",
        "slipway.github.repositories.podinfo, https://github.com/acme/podinfo, must be OWNER/NAME",
        "slipway.github.repositories.podinfo, acme/podinfo, slipway.github.token-file: cannot read",
        "slipway.traces.endpoint, collector:4318, must be the whole http or https address",
        "slipway.traces.endpoint, http://collector:4318, such as http://collector:4318/v1/traces",
        "slipway.traces.headers-file, /nowhere/headers, cannot read /nowhere/headers"
    })
    void aWrongSettingIsRefusedWithASentence(String name, String value, String sentence) {
        properties.put(name, value);

        assertThatThrownBy(() -> {
                    cdevents();
                    github();
                    traces();
                })
                .rootCause()
                .hasMessageContaining(sentence);
    }

    private CdEventsSettings cdevents() {
        return binder().bindOrCreate("slipway.cdevents", CdEventsSettings.class);
    }

    private GitHubSettings github() {
        return binder().bindOrCreate("slipway.github", GitHubSettings.class);
    }

    private TracesSettings traces() {
        return binder().bindOrCreate("slipway.traces", TracesSettings.class);
    }

    private Binder binder() {
        return new Binder(new MapConfigurationPropertySource(properties));
    }
}
