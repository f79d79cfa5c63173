package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Backend;
import dev.slipway.model.Digest;
import dev.slipway.model.Image;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.RenderReport;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartContractTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));
    private static final Image IMAGE = new Image("registry:5000/x", "1", DIGEST, "image");
    private static final String GOOD = """
            kind: Service
            metadata: { name: NAME }
            spec: { selector: { i: NAME }, ports: [ { port: 80 }, { port: 81 } ] }
            ---
            kind: Deployment
            metadata: { name: NAME }
            spec:
              selector: { matchLabels: { i: NAME, a: b } }
              template: { spec: { containers: [ { image: "registry:5000/x:1@DIGEST" } ] } }
            """;

    @Test
    void twoSidesThatShareNothingPassWithTheirBackends() {
        RenderReport report = check(GOOD, GOOD);
        assertThat(report.verdict()).isInstanceOf(Verdict.Passed.class);
        assertThat(report.stable()).contains(new Backend("app", 80));
        assertThat(report.canary()).contains(new Backend("app-canary", 80));
    }

    @Test
    void anObjectThatBothSidesRenderIsNamed() {
        String shared = GOOD + "---\nkind: ConfigMap\nmetadata: { name: shared }\n";
        assertThat(check(shared, shared).verdict().reason())
                .contains("ConfigMap/shared is in the render of app and of app-canary");
    }

    @Test
    void aRouteInTheChartIsRefused() {
        String routed = GOOD + "---\nkind: HTTPRoute\nmetadata: { name: NAME }\n";
        assertThat(check(routed, GOOD).verdict().reason()).contains("HTTPRoute/app is rendered for app");
    }

    @Test
    void anotherImageIsRefusedAndNamed() {
        String old = GOOD.replace("x:1@DIGEST", "x:0.9");
        assertThat(check(old, GOOD).verdict().reason())
                .contains("no container of app runs registry:5000/x@" + DIGEST)
                .contains("registry:5000/x:0.9");
    }

    @Test
    void anotherRepositoryWithTheSameBeginningIsRefused() {
        String other = GOOD.replace("x:1@DIGEST", "xy:1@DIGEST");
        assertThat(check(other, GOOD).verdict()).isInstanceOf(Verdict.Failed.class);
    }

    @Test
    void theDigestWithoutATagIsEnough() {
        assertThat(check(GOOD.replace("x:1@DIGEST", "x@DIGEST"), GOOD).verdict())
                .isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void aSelectorThatWouldTakeTheOtherSidesPodsIsRefused() {
        String loose = GOOD.replace("{ i: NAME }", "{ app: x }");
        assertThat(check(loose, GOOD).verdict().reason()).contains("selector {app=x} of Service/app has no label");
    }

    @Test
    void severalServicesNeedAMark() {
        String extra = "---\nkind: Service\nmetadata: { name: NAME-admin }\nspec: { ports: [ { port: 1 } ] }\n";
        assertThat(check(GOOD + extra, GOOD).verdict().reason())
                .contains("app has several Services (app, app-admin)")
                .contains("slipway.dev/traffic");
        String marked = GOOD.replaceFirst("name: NAME }", "name: NAME, annotations: { slipway.dev/traffic: 'true' } }");
        assertThat(check(marked + extra, GOOD).stable()).contains(new Backend("app", 80));
    }

    @Test
    void headlessServicesServeNoTraffic() {
        String headless =
                "---\nkind: Service\nmetadata: { name: NAME-h }\nspec: { clusterIP: None, ports: [ { port: 1 } ] }\n";
        assertThat(check(GOOD + headless, GOOD).stable()).contains(new Backend("app", 80));
    }

    @Test
    void aStageWithoutCanaryNeedsNoService() {
        String worker = GOOD.substring(GOOD.indexOf("---"));
        RenderReport report = new ChartContract(IMAGE, false).check(side("app", worker), Optional.empty());
        assertThat(report.verdict()).isInstanceOf(Verdict.Passed.class);
        assertThat(report.stable()).isEmpty();
    }

    @Test
    void allProblemsAreToldAtOnce() {
        String bad = GOOD.replace("DIGEST", "sha256:0").replace("{ i: NAME }", "{ app: x }")
                + "---\nkind: HTTPRoute\nmetadata: { name: r }\n";
        Verdict verdict = check(bad, bad).verdict();
        assertThat(verdict.evidence()).hasSize(7);
        assertThat(verdict.reason()).contains("HTTPRoute/r is in the render of app and of app-canary");
    }

    private static RenderReport check(String stable, String canary) {
        return new ChartContract(IMAGE, true).check(side("app", stable), Optional.of(side("app-canary", canary)));
    }

    private static ChartContract.Side side(String release, String yaml) {
        String text = yaml.replace("NAME", release).replace("DIGEST", DIGEST.value());
        return new ChartContract.Side(release, Manifest.of(text.getBytes(StandardCharsets.UTF_8)));
    }
}
