package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.activities.record.LogRecords;
import dev.slipway.activities.record.PostgresRecords;
import dev.slipway.workflows.api.Records;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

class RecordsConfigurationTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:1/slipway";

    @Test
    void withoutAnAddressFactsGoToTheLog() {
        assertThat(records(Map.of())).isInstanceOf(LogRecords.class);
        assertThat(records(Map.of("slipway.records.url", ""))).isInstanceOf(LogRecords.class);
    }

    @Test
    void aDatabaseThatIsAwayDoesNotKeepTheWorkerFromStarting() {
        assertThat(records(Map.of("slipway.records.url", URL, "slipway.records.user", "control")))
                .isInstanceOf(PostgresRecords.class);
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "slipway.records.url|jdbc:h2:mem|must begin with jdbc:postgresql:",
                "slipway.records.url|jdbc:postgresql://db/slipway?password=secret|holds a password",
                "slipway.records.user|''|needs slipway.records.user",
                "slipway.records.password-file|/nowhere/password|cannot read /nowhere/password",
            })
    void aWrongSettingIsRefusedWithASentenceThatHoldsNoSecret(String name, String value, String sentence) {
        Map<String, Object> properties =
                new java.util.HashMap<>(Map.of("slipway.records.url", URL, "slipway.records.user", "control"));
        properties.put(name, value);

        assertThatThrownBy(() -> records(properties)).rootCause().hasMessageContaining(sentence);
    }

    private static Records records(Map<String, Object> properties) {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
            context.getEnvironment()
                    .getPropertySources()
                    .addLast(new MapPropertySource("role", Map.of("slipway.worker.role", "control")));
            context.register(RecordsConfiguration.class);
            context.refresh();
            return context.getBean(Records.class);
        }
    }
}
