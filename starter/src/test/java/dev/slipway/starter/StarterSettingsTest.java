package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StarterSettingsTest {
    private final Map<String, String> properties = new HashMap<>(
            Map.of("slipway.starter.data-dir", "/data", "slipway.starter.environments[0].name", "production"));

    @Test
    void temporalIsReachedWithTlsWhenThatIsSaid() {
        assertThat(bind().temporal().access().encrypted()).isFalse();

        properties.put("slipway.starter.temporal.tls.enabled", "true");

        assertThat(bind().temporal().access().encrypted()).isTrue();
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        properties.put("slipway.starter.temporal.api-key-file", "/nowhere/key");

        assertThatThrownBy(this::bind).rootCause().hasMessage("temporal.api-key-file: cannot read /nowhere/key");
    }

    private StarterSettings bind() {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("slipway.starter", StarterSettings.class);
    }
}
