package dev.slipway.activities.difference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Difference;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: podinfo }
            spec:
              replicas: %s
              template: { spec: { %s containers: [ { name: app, image: "podinfo:%s"%s } ] } }
            """;

    private static String deployment(int replicas, String image) {
        return DEPLOYMENT.formatted(replicas, "", image, "");
    }

    @Test
    void objectsAreNewGoneOrChanged() {
        Difference difference = Rendered.of(
                        deployment(2, "1") + "---\n{ kind: Service, metadata: { name: old } }",
                        deployment(3, "2") + "---\n{ kind: Service, metadata: { name: fresh } }")
                .difference();

        assertThat(difference.summary()).isEqualTo("0 values and 3 objects (1 new, 1 gone, 1 changed)");
        assertThat(difference.objects())
                .containsExactly("Deployment/podinfo changed, +2 -2", "Service/fresh new, +3", "Service/old gone, -3");
        assertThat(difference.excerpt())
                .contains("-  replicas: 2\n+  replicas: 3", "-      - image: podinfo:1\n+      - image: podinfo:2");
    }

    @Test
    void orderAndStyleOfTheTextAreNoChange() {
        Comparison same = Rendered.of(
                "{ kind: A, metadata: { name: a, labels: { x: '1', y: '2' } } }",
                "metadata:\n  labels:\n    y: \"2\"\n    x: \"1\"\n  name: a\nkind: A\n");

        assertThat(same.difference().summary()).isEqualTo("nothing changes, neither values nor objects");
        assertThat(same.difference().excerpt()).isEmpty();
    }

    @Test
    void valuesAreComparedOneByOne() {
        assertThat(Rendered.ofValues(
                                "{ image: { tag: '1' }, replicas: 2, list: [a, b], gone: x, same: 1, odd.key: 1 }",
                                "{ image: { tag: '2' }, replicas: 3, list: [a, c, d], fresh: {}, same: 1.0, odd.key: 2 }")
                        .difference()
                        .values())
                .containsExactly(
                        "[\"odd.key\"]: 1 -> 2",
                        "fresh: (absent) -> {}",
                        "gone: \"x\" -> (absent)",
                        "image.tag: \"1\" -> \"2\"",
                        "list[1]: \"b\" -> \"c\"",
                        "list[2]: (absent) -> \"d\"",
                        "replicas: 2 -> 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hostNetwork: true,                             |                                                  | hostNetwork",
                "volumes: [{ name: x, hostPath: { path: /etc }}],|                                                 | mounts the node's /etc (hostPath)",
                "serviceAccountName: admin,                     |                                                  | runs as service account admin",
                "                                               | , securityContext: { privileged: true }          | container app is privileged",
                "                                               | , securityContext: { runAsUser: 0 }              | container app runs as root",
                "                                               | , securityContext: { capabilities: { add: [NET_ADMIN] } } | container app gets capability NET_ADMIN",
                "                                               | , ports: [ { hostPort: 80 } ]                    | container app takes the node's port 80"
            })
    void whatReachesFurtherThanBeforeIsToBeLookedAtTwice(String pod, String container, String finding) {
        String after = DEPLOYMENT.formatted(2, pod == null ? "" : pod, "1", container == null ? "" : container);

        assertThat(Rendered.of(deployment(2, "1"), after).difference().lookTwice())
                .containsExactly("Deployment/podinfo: " + finding);
        assertThat(Rendered.of(after, after.replace("podinfo:1", "podinfo:2"))
                        .difference()
                        .lookTwice())
                .as("it was so before")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ClusterRole",
                "ClusterRoleBinding",
                "RoleBinding",
                "ValidatingWebhookConfiguration",
                "CustomResourceDefinition"
            })
    void whoDecidesWhatOthersMayDoIsToBeLookedAtTwice(String kind) {
        String old = deployment(1, "1") + "---\n{ kind: " + kind + ", metadata: { name: x }, a: 1 }";

        assertThat(Rendered.of(deployment(1, "1"), old).difference().lookTwice())
                .containsExactly(kind + "/x is new");
        assertThat(Rendered.of(old, old.replace("a: 1", "a: 2")).difference().lookTwice())
                .containsExactly(kind + "/x changes");
    }

    @Test
    void aWayInFromOutsideAndAHookAndALostWallAreToBeLookedAtTwice() {
        String before = deployment(1, "1") + "---\n{ kind: Service, metadata: { name: s }, spec: { type: ClusterIP } }"
                + "\n---\n{ kind: NetworkPolicy, metadata: { name: wall } }";
        String after =
                deployment(1, "1") + "---\n{ kind: Service, metadata: { name: s }, spec: { type: LoadBalancer } }"
                        + "\n---\n{ kind: Job, metadata: { name: m, annotations: { helm.sh/hook: pre-upgrade } } }"
                        + "\n---\n{ kind: Role, metadata: { name: r, namespace: kube-system } }"
                        + "\n---\n{ kind: ServiceAccount, metadata: { name: a, namespace: home } }";

        assertThat(Rendered.of(before, after).difference().lookTwice())
                .containsExactlyInAnyOrder(
                        "Role/r in kube-system is new",
                        "Role/r in kube-system: is in another namespace, kube-system",
                        "Service/s: is reached from outside of the cluster (type LoadBalancer)",
                        "Job/m: runs as a hook, pre-upgrade",
                        "NetworkPolicy/wall goes away");
    }

    @Test
    void aLongDiffIsCutAtALineAndTheWholeHasAllOfIt() {
        String text = "kind: ConfigMap\nmetadata: { name: big }\ndata:\n";
        String before = text + lines(5000, "old");
        String after = text + lines(5000, "new");

        Comparison comparison = Rendered.of(before, after);
        Difference difference = comparison.difference();

        assertThat(difference.objects()).containsExactly("ConfigMap/big changed, +5000 -5000");
        assertThat(difference.excerpt().length()).isLessThan(1500);
        assertThat(difference.excerpt().lines().reduce((a, b) -> b).orElseThrow())
                .matches("\\.\\.\\. 99\\d\\d more lines");
        assertThat(comparison.whole(List.of()).lines()).contains("-  k4999: old", "+  k4999: new");
        assertThat(size(difference)).isLessThan(6_000);
    }

    private static String lines(int many, String value) {
        return IntStream.range(0, many)
                .mapToObj(i -> "  k" + i + ": " + value + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void howeverMuchChangesLittleIsKept() {
        String long1 = "x".repeat(500);
        StringBuilder objects = new StringBuilder(deployment(1, "1"));
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            objects.append("---\n{ kind: ClusterRole, metadata: { name: ")
                    .append(long1)
                    .append(i)
                    .append(" } }\n");
            values.append("k").append(i).append(": ").append(long1).append('\n');
        }
        Difference difference = Comparison.of(
                        Rendered.side("old", "{}", deployment(1, "1")),
                        Rendered.side("new", values.toString(), objects.toString()))
                .difference();

        assertThat(size(difference)).isLessThan(10_000);
        assertThat(difference.objects()).hasSize(21).last().isEqualTo("... 280 more");
        assertThat(difference.lookTwice()).hasSize(11).last().isEqualTo("... 290 more");
        assertThat(difference.values()).hasSize(13).last().isEqualTo("... 288 more");
    }

    private static int size(Difference difference) {
        return difference.evidence("slipway diff").stream()
                .mapToInt(one -> one.name().length() + one.detail().length())
                .sum();
    }

    @Test
    void theFirstVersionIsComparedWithNothing() {
        Difference first = Comparison.ofFirst(Rendered.side("new", "a: 1", deployment(1, "1")))
                .difference();

        assertThat(first.from()).isEqualTo("nothing");
        assertThat(first.values()).containsExactly("a: (absent) -> 1");
        assertThat(first.objects()).singleElement().asString().startsWith("Deployment/podinfo new, +");
    }
}
