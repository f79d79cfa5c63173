package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseSizeTest {
    private static final Manifest SMALL = Manifest.of(new byte[0]);

    @TempDir
    Path chart;

    @Test
    void aChartThatHelmCouldNotRecordIsToldBeforehand() throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        Files.write(chart.resolve("stray.tgz"), noise);
        assertThat(new ReleaseSize(chart, SMALL).objection())
                .hasValueSatisfying(
                        o -> assertThat(o).contains("a Secret holds 1024").contains(".helmignore"));
    }

    @Test
    void whatPacksWellFits() throws IOException {
        Files.write(chart.resolve("values.yaml"), new byte[1 << 20]);
        assertThat(new ReleaseSize(chart, SMALL).objection()).isEmpty();
    }

    @Test
    void theCrdsOfAChartAreNamed() throws IOException {
        Files.createDirectories(chart.resolve("crds"));
        Files.writeString(chart.resolve("crds/unicorn.yaml"), "kind: CustomResourceDefinition\n");
        assertThat(new Chart(chart, Values.empty()).crds()).containsExactly("crds/unicorn.yaml");
    }
}
