package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

class UpgradeTest {
    private final Postgres postgres = Postgres.fresh();

    @Test
    void whatWasToldBeforeAnUpgradeIsThereAfterIt() {
        Flyway.configure(UpgradeTest.class.getClassLoader())
                .dataSource(postgres.url(), "postgres", "")
                .schemas("slipway")
                .locations("classpath:dev/slipway/records/migration")
                .target("1")
                .load()
                .migrate();
        try (Database old = new Database(postgres.as("postgres"))) {
            new Journal(old)
                    .append(
                            "run-1",
                            1,
                            List.of(Told.fact(1, "production", Fact.Kind.DECIDED, "approved")),
                            Told.view("podinfo@1.0.0", 1, 1, Phase.RUNNING, null));
        }

        try (Database owner = new Database(postgres.owner())) {
            owner.migrate();
        }

        assertThat(postgres.rows("postgres", "select release, decided_by, counted from decisions"))
                .containsExactly("podinfo@1.0.0 approver-1 t");
        assertThat(postgres.rows("postgres", "select release, attempts from releases"))
                .containsExactly("podinfo@1.0.0 1");
    }
}
