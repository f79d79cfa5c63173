package dev.slipway.worker;

import dev.slipway.activities.record.LogRecords;
import dev.slipway.activities.record.PostgresRecords;
import dev.slipway.records.Access;
import dev.slipway.records.Database;
import dev.slipway.records.Journal;
import dev.slipway.workflows.api.Records;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Where the control worker keeps facts: in PostgreSQL when {@code slipway.records.url} says where it is, or else in its log. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.worker.role", havingValue = "control")
class RecordsConfiguration {
    @Bean
    @ConditionalOnExpression("!'${slipway.records.url:}'.isBlank()")
    Database recordsDatabase(Environment environment) {
        return new Database(
                Binder.get(environment).bind("slipway.records", Access.class).get());
    }

    @Bean
    Records records(ObjectProvider<Database> database) {
        Database given = database.getIfAvailable();
        return given == null ? new LogRecords() : new PostgresRecords(new Journal(given));
    }
}
