package dev.slipway.starter;

import dev.slipway.records.Access;
import dev.slipway.records.Archive;
import dev.slipway.records.Database;
import dev.slipway.records.Documents;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The records to read from and to keep documents in, when {@code slipway.records.url} says where they are. */
@Configuration(proxyBeanMethods = false)
class RecordsConfiguration {
    private static final String GIVEN = "!'${slipway.records.url:}'.isBlank()";

    @Bean
    @ConditionalOnExpression(GIVEN)
    Database recordsDatabase(Environment environment) {
        return new Database(
                Binder.get(environment).bind("slipway.records", Access.class).get());
    }

    @Bean
    @ConditionalOnExpression(GIVEN)
    Documents documents(Database recordsDatabase) {
        return new Documents(recordsDatabase);
    }

    @Bean
    Recall recall(ObjectProvider<Database> database, Catalogue catalogue) {
        return new Recall(Optional.ofNullable(database.getIfAvailable()).map(Archive::new), catalogue);
    }
}
