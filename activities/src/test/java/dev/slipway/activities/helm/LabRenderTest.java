package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.model.BundleRef;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RenderOrder;
import dev.slipway.workflows.api.RenderReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What needs the real helm, but no cluster. */
@Tag("lab")
@Timeout(60)
class LabRenderTest {
    private static final Path CHARTS = Path.of("../infra/helm").toAbsolutePath().normalize();

    @TempDir
    Path folder;

    private Path binary;

    @BeforeEach
    void findHelm() {
        String found = System.getenv("HELM");
        Assumptions.assumeTrue(found != null, "skipped: HELM is not set (run `make lab`, then `. lab/env`)");
        binary = Path.of(found);
    }

    @ParameterizedTest
    @CsvSource({
        "llm-inference, values-development.yaml",
        "llm-inference, values-staging.yaml",
        "llm-inference, values-production.yaml",
        "podinfo, values-development.yaml",
        "podinfo, values-staging.yaml",
        "podinfo, values-production.yaml"
    })
    void theChartsOfThisRepositoryKeepTheContract(String chart, String values) {
        HelmTarget target = new HelmTarget(new EnvironmentName("production"), "production", chart);
        RenderOrder order = new RenderOrder(
                target,
                Optional.of(new Weight(50)),
                new BundleRef(HelmContractTest.BUNDLE, chart),
                List.of(chart + "/values.yaml", chart + "/" + values),
                HelmContractTest.image("1"));
        ScriptedHelm kubeconfig = ScriptedHelm.doing(folder, "exit 0");
        HelmSettings settings = HelmSettings.of(binary, Optional.empty(), kubeconfig.kubeconfig());
        try (HelmActivities activities = new HelmActivities(settings, digest -> CHARTS, () -> Pulse.NONE)) {
            RenderReport report = activities.render(order);
            assertThat(report.verdict()).as(report.verdict().reason()).isInstanceOf(Verdict.Passed.class);
            assertThat(report.canary()).isPresent();
        }
    }

    @Test
    void valuesMeanToHelmWhatTheyMeanInOurDocument() throws IOException {
        String values = """
                v: [on, n, Off, 'on', 010, 0x1F, 0b11, 1e3, 1.10, .5, 1., +5, -7, 1_000, 08, 0o10, 12:30:45, 2026-11-21,
                  2026-11-21T00:00:00Z, 1.2.3, ~, nope, 123abc, NO, '', "a,b={c}\\\\d", !!str 5, 0x, 9007199254740991, 1e21,
                  {y: 1, 1: x, 2.5: z}, {<<: {q: 1}, r: 2}, [&x [1], *x], 0.1e-3, .e3, "~", =, 1:30]
                block: |
                  two
                  lines
                """;
        Files.createDirectories(folder.resolve("chart/templates"));
        Files.writeString(folder.resolve("chart/Chart.yaml"), "apiVersion: v2\nname: v\nversion: 0.1.0\n");
        Files.writeString(folder.resolve("chart/templates/v.yaml"), "kind: V\nvalues: {{ toJson .Values }}\n");
        Files.writeString(folder.resolve("values.yaml"), values);
        assertThat(rendered(Values.empty().over(values).json(), "-"))
                .isEqualTo(rendered(new byte[0], folder.resolve("values.yaml").toString()));
    }

    private Object rendered(byte[] stdin, String file) throws IOException {
        ScriptedHelm kubeconfig = ScriptedHelm.doing(folder, "exit 0");
        HelmSettings settings = HelmSettings.of(binary, Optional.empty(), kubeconfig.kubeconfig());
        try (HelmProcess process = HelmProcess.checked(settings)) {
            Map<Flag, String> flags = new EnumMap<>(Map.of(Flag.VALUES, file));
            HelmCommand command = new HelmCommand(
                    List.of("template"),
                    flags,
                    List.of("v", folder.resolve("chart").toString()),
                    Optional.of(stdin),
                    Duration.ofSeconds(30),
                    true);
            Finished finished = process.run(command, WriteRight.NONE, Pulse.NONE, List.of());
            assertThat(finished.ok()).as(finished.stderr()).isTrue();
            String json = finished.text()
                    .lines()
                    .filter(line -> line.startsWith("values: "))
                    .findFirst()
                    .orElseThrow()
                    .substring("values: ".length());
            return new ObjectMapper().readTree(json.getBytes(StandardCharsets.UTF_8));
        }
    }
}
