package dev.slipway.activities.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectGuardTest {
    private static final Instant BEGAN = Instant.parse("2026-11-21T09:00:00Z");
    private static final String SPEC = "{'spec':{'replicas':3,'template':{'metadata':{'annotations':{}},'spec':"
            + "{'containers':[{'name':'app','image':'app:%s','args':['--password=%s']}]}}}}";
    private static final String IMAGE =
            "{'f:spec':{'f:template':{'f:spec':{'f:containers':{'k:{\\'name\\':\\'app\\'}':{'f:image':{}}}}}}}";

    @Test
    void anEditInTheSecondInWhichHelmBeganCounts() {
        assertThat(changes(entry("kubectl-edit", "2026-11-21T09:00:00Z", "", IMAGE)))
                .containsExactly("Deployment app was changed by kubectl-edit at 2026-11-21T09:00:00Z:"
                        + " spec.template.spec.containers[app].image app:1 -> app:2");
    }

    @Test
    void anEditOneSecondBeforeDoesNot() {
        assertThat(changes(entry("kubectl-edit", "2026-11-21T08:59:59Z", "", IMAGE)))
                .isEmpty();
    }

    @Test
    void whatHelmOrSlipwayWriteIsOurs() {
        assertThat(changes(entry("helm", "2026-11-21T09:00:05Z", "", IMAGE))).isEmpty();
        assertThat(changes(entry("slipway", "2026-11-21T09:00:05Z", "", IMAGE))).isEmpty();
    }

    @Test
    void replicasStatusAndRestartsDoNotCount() {
        String late = "2026-11-21T10:00:00Z";
        assertThat(changes(entry("hpa", late, "scale", "{'f:spec':{'f:replicas':{}}}")))
                .isEmpty();
        assertThat(changes(entry("kubectl-edit", late, "", "{'f:spec':{'f:replicas':{}}}")))
                .isEmpty();
        assertThat(changes(entry("kube-controller-manager", late, "status", IMAGE)))
                .isEmpty();
        assertThat(changes(entry(
                        "kubectl-rollout",
                        late,
                        "",
                        "{'f:spec':{'f:template':{'f:metadata':{'f:annotations':{'f:restartedAt':{}}}}}}")))
                .isEmpty();
    }

    @Test
    void whatSomebodyWroteAgainAsItWasIsNoChange() {
        JsonNode same = object("1", entry("argocd", "2026-11-21T10:00:00Z", "", IMAGE));
        assertThat(new ObjectGuard(object("1", "{}"), same).changes(BEGAN)).isEmpty();
    }

    @Test
    void whatLooksLikeASecretIsMasked() {
        String args =
                "{'f:spec':{'f:template':{'f:spec':{'f:containers':{'k:{\\'name\\':\\'app\\'}':{'f:args':{}}}}}}}";
        assertThat(changes(entry("kubectl-edit", "2026-11-21T10:00:00Z", "", args)))
                .singleElement()
                .asString()
                .contains("args")
                .doesNotContain("hunter2");
    }

    private static List<String> changes(String entry) {
        return new ObjectGuard(object("1", "{}"), object("2", entry)).changes(BEGAN);
    }

    private static String entry(String manager, String time, String subresource, String fields) {
        return "{'manager':'" + manager + "','time':'" + time + "','subresource':'" + subresource + "','fieldsV1':"
                + fields + "}";
    }

    private static JsonNode object(String version, String entry) {
        String metadata = "{'kind':'Deployment','metadata':{'name':'app','managedFields':[" + entry + "]},";
        String spec = String.format(SPEC, version, "hunter2" + version).substring(1);
        try {
            return new ObjectMapper().readTree((metadata + spec).replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
