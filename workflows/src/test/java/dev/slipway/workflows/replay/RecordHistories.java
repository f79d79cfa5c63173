package dev.slipway.workflows.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.workflows.testing.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * No test but the recorder: {@code mvn -pl model,workflows test -Dtest=RecordHistories -Drecord=0.1.0 ...}, see
 * docs/upgrade.md. {@code -Drecordings=reco.*} records only some, and leaves the others as they were.
 */
@EnabledIfSystemProperty(named = "record", matches = "\\d+\\.\\d+\\.\\d+")
class RecordHistories {
    private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");

    @Test
    void recordsAllWaysThroughARelease() {
        String version = System.getProperty("record");
        String some = System.getProperty("recordings", ".*");
        for (Recording recording : Recording.values()) {
            if (!recording.slug().matches(some)) {
                continue;
            }
            Histories.clear(version, recording);
            try (Scenario slipway = new Scenario(ENVIRONMENTS.toArray(String[]::new))) {
                List<String> releases = recording.play(slipway);
                Family family = new Family(slipway);
                releases.forEach(family::with);
                ENVIRONMENTS.forEach(environment -> family.withIfThere("slot:podinfo:" + environment));
                Histories.write(version, recording, family);
            }
        }
        assertThat(Histories.all()).isNotEmpty();
    }
}
