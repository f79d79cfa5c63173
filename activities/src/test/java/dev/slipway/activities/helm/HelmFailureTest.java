package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.workflows.api.FailureType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HelmFailureTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HELM_LOCKED  | UPGRADE FAILED: another operation (install/upgrade/rollback) is in progress",
                "HELM_LOCKED  | cannot reuse a name that is still in use",
                "UNREACHABLE  | kubernetes cluster unreachable: Get \"https://127.0.0.1:1/version\": dial tcp: connect: connection refused",
                "UNREACHABLE  | etcdserver: request timed out",
                "HOOK_FAILED  | UPGRADE FAILED: pre-upgrade hooks failed: context deadline exceeded",
                "HOOK_FAILED  | failed post-install: 1 error occurred",
                "CONFLICT     | UPGRADE FAILED: cannot patch \"x\" with kind Deployment: spec.selector: field is immutable",
                "CONFLICT     | Apply failed with 1 conflict: conflict with \"kubectl\" using apps/v1: .spec.replicas",
                "CONFLICT     | ConfigMap \"x\" in namespace \"y\" exists and cannot be imported into the current release: invalid ownership metadata",
                "INVALID_INPUT| values don't meet the specifications of the schema(s) in the following chart(s)",
                "INVALID_INPUT| unable to build kubernetes objects from release manifest: unknown field",
                "INVALID_INPUT| create: failed to create: Secret \"sh.helm.release.v1.x.v1\" is invalid: data: Too long: may not be more than 1048576 bytes",
                "FORBIDDEN    | secrets is forbidden: User \"x\" cannot list resource \"secrets\"",
                "FORBIDDEN    | pods \"x\" is forbidden: exceeded quota: q",
                "FORBIDDEN    | namespace x is being terminated",
                "MISSING      | release: not found",
                "MISSING      | release has no 7 version",
                "UNKNOWN      | the moon is full",
            })
    void theWordsOfHelmHaveAClass(FailureType type, String words) {
        assertThat(HelmFailure.classify(words)).isEqualTo(type);
    }
}
