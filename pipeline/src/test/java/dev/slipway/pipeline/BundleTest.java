package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "release.yaml",
            Platform.resource("base.yaml"),
            "values.yaml",
            "replicas: 2\n",
            "chart/Chart.yaml",
            "apiVersion: v2\nname: podinfo\nversion: 1.0.0\n",
            "chart/values.yaml",
            "replicas: 1\n",
            "chart/templates/service.yaml",
            "kind: Service\n",
            "chart/templates/deployment.yaml",
            "kind: Deployment\n",
            "chart/charts/redis/Chart.yaml",
            "name: redis\n",
            "chart/files/" + "long/".repeat(30) + "name.txt",
            "x"));

    @TempDir
    Path folder;

    @Test
    void packsWhatThePipelineNames() throws IOException {
        write(folder, FILES.keySet());
        Files.writeString(folder.resolve("notes.txt"), "not named by the pipeline");

        Bundle bundle = pack(folder).orElseThrow();

        assertThat(bundle.paths())
                .containsExactly(
                        "chart/Chart.yaml",
                        "chart/charts/redis/Chart.yaml",
                        "chart/files/" + "long/".repeat(30) + "name.txt",
                        "chart/templates/deployment.yaml",
                        "chart/templates/service.yaml",
                        "chart/values.yaml",
                        "release.yaml",
                        "values/values.yaml");
        assertThat(bundle.ref().digest()).isEqualTo(bundle.digest());
        assertThat(bundle.ref().chart()).isEqualTo("chart");
    }

    @Test
    void theDigestIsPartOfTheFormatAndNeverChanges() throws IOException {
        write(folder, FILES.keySet());

        Bundle bundle = pack(folder).orElseThrow();

        assertThat(bundle.digests(Digests.sha256(new byte[0])).values())
                .isEqualTo(new Digest("sha256:605e54024af491eea2f6335e1793243a43244a65ce11e8f60e46c1185c50c1f4"));
        assertThat(bundle.digests(Digests.sha256(new byte[0])).chart())
                .isEqualTo(new Digest("sha256:c8c454708fd829643afc575b400dd99e39dc5ff16a20585787627801ff91c65e"));
    }

    @Test
    void whatWasUnpackedIsReadAgainAsTheSameBundleUntilSomebodyChangesIt() throws IOException {
        write(folder.resolve("from"), FILES.keySet());
        Bundle bundle = pack(folder.resolve("from")).orElseThrow();
        Path unpacked = folder.resolve("unpacked");
        bundle.unpackTo(unpacked);

        assertThat(Bundle.unpacked(unpacked).digest()).isEqualTo(bundle.digest());
        assertThat(Bundle.unpacked(unpacked).digests(bundle.digest())).isEqualTo(bundle.digests(bundle.digest()));

        Files.writeString(unpacked.resolve("chart/values.yaml"), "replicas: 9\n");
        assertThat(Bundle.unpacked(unpacked).digest()).isNotEqualTo(bundle.digest());
    }

    @Test
    void aFolderWithALinkOrAStrangeFileIsNoBundle() throws IOException {
        write(folder.resolve("from"), FILES.keySet());
        Path unpacked = folder.resolve("unpacked");
        pack(folder.resolve("from")).orElseThrow().unpackTo(unpacked);

        Path link = Files.createSymbolicLink(unpacked.resolve("chart/link"), Path.of("/etc/hostname"));
        assertThatThrownBy(() -> Bundle.unpacked(unpacked)).hasMessage("'chart/link' is no plain file");

        Files.delete(link);
        Files.writeString(unpacked.resolve("notes.txt"), "x");
        assertThatThrownBy(() -> Bundle.unpacked(unpacked)).hasMessageContaining("'notes.txt'");
    }

    @Test
    void theSameFilesPackToTheSameBytesInWhateverOrderTheyWereWritten() throws IOException {
        write(folder.resolve("first"), FILES.keySet());
        Bundle first = pack(folder.resolve("first")).orElseThrow();
        Random random = new Random(7);
        for (int i = 0; i < 20; i++) {
            List<String> order = new ArrayList<>(FILES.keySet());
            Collections.shuffle(order, random);
            Path other = folder.resolve("other-" + i);
            write(other, order);
            for (String file : order) {
                Files.setLastModifiedTime(other.resolve(file), FileTime.fromMillis(random.nextInt()));
                Files.setPosixFilePermissions(
                        other.resolve(file), PosixFilePermissions.fromString(i % 2 == 0 ? "rwx------" : "rw-r--r--"));
            }

            Bundle bundle = pack(other).orElseThrow();

            assertThat(bundle.digest()).isEqualTo(first.digest());
            assertThat(bundle.archive()).isEqualTo(first.archive());
        }
    }

    @Test
    void eachDigestSpeaksOfItsOwnFiles() throws IOException {
        write(folder, FILES.keySet());
        Digest image = Digests.sha256(new byte[] {1});
        Digests before = pack(folder).orElseThrow().digests(image);

        Files.writeString(folder.resolve("values.yaml"), "replicas: 3\n");
        Digests otherValues = pack(folder).orElseThrow().digests(image);
        Files.writeString(folder.resolve("chart/templates/service.yaml"), "kind: Nothing\n");
        Digests otherChart = pack(folder).orElseThrow().digests(image);
        Files.move(folder.resolve("chart/templates/service.yaml"), folder.resolve("chart/templates/svc.yaml"));
        Digests otherName = pack(folder).orElseThrow().digests(image);

        assertThat(otherValues).isEqualTo(new Digests(before.chart(), image, otherValues.values(), before.pipeline()));
        assertThat(otherValues.values()).isNotEqualTo(before.values());
        assertThat(otherChart)
                .isEqualTo(new Digests(otherChart.chart(), image, otherValues.values(), before.pipeline()));
        assertThat(otherChart.chart()).isNotEqualTo(before.chart());
        assertThat(otherName.chart()).isNotEqualTo(otherChart.chart());
    }

    @Test
    void whatIsSentIsWhatIsReadAndUnpacked() throws IOException {
        write(folder, FILES.keySet());
        Bundle packed = pack(folder).orElseThrow();

        Bundle read = Bundle.read(packed.archive());
        read.unpackTo(folder.resolve("out"));

        assertThat(read.digest()).isEqualTo(packed.digest());
        assertThat(read.pipeline().orElseThrow().stages()).hasSize(2);
        for (String path : packed.paths()) {
            assertThat(Files.readAllBytes(folder.resolve("out").resolve(path)))
                    .isEqualTo(packed.file(path).orElseThrow());
        }
        assertThatThrownBy(() -> read.unpackTo(folder.resolve("out"))).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void leavesOutWhatToolsLeaveBehind() throws IOException {
        write(folder, FILES.keySet());
        Digest before = pack(folder).orElseThrow().digest();
        Files.createDirectories(folder.resolve("chart/.git/objects"));
        Files.writeString(folder.resolve("chart/.git/objects/x"), "x");
        Files.writeString(folder.resolve("chart/values.yaml~"), "x");

        assertThat(pack(folder).orElseThrow().digest()).isEqualTo(before);
    }

    @Test
    void aChartInTheFolderOfReleaseYamlDoesNotContainIt() throws IOException {
        String yaml = Platform.resource("base.yaml").replace("./chart", ".");
        Files.writeString(folder.resolve("release.yaml"), yaml);
        Files.writeString(folder.resolve("Chart.yaml"), "name: podinfo\n");
        Files.writeString(folder.resolve("values.yaml"), "");

        Bundle bundle = Bundle.pack(folder, Platform.read(yaml).orElseThrow()).orElseThrow();

        assertThat(bundle.paths())
                .containsExactly("chart/Chart.yaml", "chart/values.yaml", "release.yaml", "values/values.yaml");
    }

    @Test
    void saysWhereAMissingFileIsNamed() throws IOException {
        write(folder, List.of("release.yaml"));

        assertThat(problems(folder))
                .containsExactly(
                        "release.yaml:6:10: 'chart' is not the folder of a Helm chart: it has no Chart.yaml; the path is"
                                + " relative to release.yaml",
                        "release.yaml:15:14: there is no values file 'values.yaml'; the path is relative to"
                                + " release.yaml");
    }

    @Test
    void followsNoLink() throws IOException {
        write(folder, FILES.keySet());
        Files.createSymbolicLink(folder.resolve("chart/templates/secret.yaml"), Path.of("/etc/hostname"));
        Files.delete(folder.resolve("values.yaml"));
        Files.createSymbolicLink(folder.resolve("values.yaml"), folder.resolve("chart/values.yaml"));

        assertThat(problems(folder))
                .containsExactly(
                        "release.yaml:6:10: 'chart/templates/secret.yaml' is a symbolic link, which a bundle does not"
                                + " follow; put the file itself there",
                        "release.yaml:15:14: 'values.yaml' is a symbolic link, which a bundle does not follow; put the"
                                + " file itself there");
    }

    @Test
    void followsNoLinkedFolder() throws IOException {
        write(folder, FILES.keySet());
        Files.move(folder.resolve("chart"), folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("chart"), folder.resolve("elsewhere"));

        assertThat(problems(folder))
                .containsExactly(
                        "release.yaml:6:10: 'chart' is a symbolic link, which a bundle does not follow; put the"
                                + " file itself there");
    }

    @Test
    void refusesMoreThanABundleHolds() throws IOException {
        write(folder, FILES.keySet());
        byte[] noise = new byte[2 * 1024 * 1024];
        new Random(1).nextBytes(noise);
        Files.write(folder.resolve("chart/model.bin"), noise);
        assertThat(problems(folder)).singleElement().asString().contains("compressed, at most 1048576 are taken");

        Files.write(folder.resolve("chart/model.bin"), new byte[9 * 1024 * 1024]);
        assertThat(problems(folder))
                .singleElement()
                .asString()
                .contains("more than 8388608 bytes; at 'chart/model.bin'");

        Files.delete(folder.resolve("chart/model.bin"));
        for (int i = 0; i < 2_000; i++) {
            Files.createFile(folder.resolve("chart/file-" + i));
        }
        assertThat(problems(folder)).singleElement().asString().contains("more than 2000 files");
    }

    private static void write(Path to, Iterable<String> order) throws IOException {
        for (String file : order) {
            Files.createDirectories(to.resolve(file).getParent());
            Files.writeString(to.resolve(file), FILES.get(file));
        }
    }

    private static Checked<Bundle> pack(Path folder) throws IOException {
        byte[] yaml = Files.readAllBytes(folder.resolve("release.yaml"));
        return Bundle.pack(folder, PipelineReader.read("release.yaml", yaml).orElseThrow());
    }

    private static List<String> problems(Path folder) throws IOException {
        return pack(folder).problems().stream().map(Problem::toString).toList();
    }
}
