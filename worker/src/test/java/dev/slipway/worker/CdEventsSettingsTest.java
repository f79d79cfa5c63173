package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.emit.Emitter;
import dev.slipway.activities.emit.NoSink;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class CdEventsSettingsTest {
    @Test
    void withoutAnAddressNobodyIsTold() {
        assertThat(bind(Map.of()).sinks()).isInstanceOf(NoSink.class);
        assertThat(bind(Map.of("slipway.cdevents.url", "")).sinks()).isInstanceOf(NoSink.class);
    }

    @Test
    void anAddressIsEnough() {
        assertThat(bind(Map.of("slipway.cdevents.url", "https://events.example.com/in"))
                        .sinks())
                .isInstanceOf(Emitter.class);
    }

    @ParameterizedTest
    @CsvSource({
        "slipway.cdevents.url, ftp://events, must be an http or https address",
        "slipway.cdevents.token-file, /nowhere/token, cannot read /nowhere/token"
    })
    void aWrongSettingIsRefusedWithASentence(String name, String value, String sentence) {
        assertThatThrownBy(() -> bind(Map.of(name, value))).rootCause().hasMessageContaining(sentence);
    }

    private static CdEventsSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("slipway.cdevents", CdEventsSettings.class);
    }
}
