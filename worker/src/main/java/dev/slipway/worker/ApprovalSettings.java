package dev.slipway.worker;

import dev.slipway.activities.seal.SealKeys;
import dev.slipway.activities.seal.SealRule;
import dev.slipway.model.EnvironmentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this environment's worker demands before it deploys, under {@code slipway.environment.approvals}. The files of keys
 * are read at the start alone.
 *
 * @param votes how many different people; must be said
 * @param groups those who count are in one of them; anybody who may decide when there are none
 * @param keys files with the starter's public keys; two while it changes its key
 * @param maxAge how old a decision may be
 */
record ApprovalSettings(
        @DefaultValue("0") int votes,
        @DefaultValue Set<String> groups,
        @DefaultValue List<Path> keys,
        @DefaultValue("30d") Duration maxAge) {
    ApprovalSettings {
        try {
            SealRule unused = new SealRule(new EnvironmentName("any"), votes, groups, SealKeys.of(keys), maxAge);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("slipway.environment.approvals: " + e.getMessage(), e);
        }
    }

    SealRule rule(EnvironmentName environment) {
        return new SealRule(environment, votes, groups, SealKeys.of(keys), maxAge);
    }
}
