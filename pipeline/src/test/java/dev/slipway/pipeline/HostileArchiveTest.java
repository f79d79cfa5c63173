package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileArchiveTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar;

    HostileArchiveTest() throws IOException {
        tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        file("release.yaml", Platform.resource("base.yaml"));
        file("chart/Chart.yaml", "name: podinfo\n");
        file("values/values.yaml", "");
    }

    @Test
    void readsAnArchiveOfAnotherTool() throws IOException {
        assertThat(Bundle.read(archive()).pipeline().problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "chart/../../evil",
                "/etc/cron.d/evil",
                "chart//evil",
                "chart/./evil",
                "chart\\..\\evil",
                "C:/evil",
                "evil",
                "values",
                "chart/evil\nname",
            })
    void refusesPathsThatLeadElsewhere(String path) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setName(path);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();

        assertThatThrownBy(() -> Bundle.read(archive()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("is refused: ");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_LINK,
                TarConstants.LF_SYMLINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_DIR
            })
    void refusesEverythingButFiles(byte kind) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("chart/evil", kind);
        entry.setLinkName("/etc/passwd");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();

        assertThatThrownBy(() -> Bundle.read(archive()))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("is a link, folder or device; only files are taken");
    }

    @Test
    void refusesAFileThatIsThereTwice() throws IOException {
        file("chart/Chart.yaml", "name: other\n");

        refuses("the bundle has 'chart/Chart.yaml' twice");
    }

    @Test
    void refusesAFileThatIsAlsoAFolder() throws IOException {
        file("chart/Chart.yaml/x", "");

        refuses("the bundle has 'chart/Chart.yaml' as a file and as a folder");
    }

    @Test
    void refusesWhatUnpacksToTooMuch() throws IOException {
        file("chart/bomb", "0".repeat(9 * 1024 * 1024));

        refuses("the bundle unpacks to more than 8388608 bytes");
    }

    @Test
    void endsADecompressionThatHidesBehindTheArchive() throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("chart/honest");
        entry.setSize(200L * 1024 * 1024);
        tar.putArchiveEntry(entry);
        for (int i = 0; i < 200; i++) {
            tar.write(new byte[1024 * 1024]);
        }
        tar.closeArchiveEntry();

        refuses("the bundle unpacks to more than 8388608 bytes");
    }

    @Test
    void refusesTooManyFiles() throws IOException {
        for (int i = 0; i < 2_000; i++) {
            file("chart/file-" + i, "");
        }

        refuses("the bundle has more than 2000 files");
    }

    @Test
    void refusesTooManyBytes() {
        byte[] noise = new byte[1024 * 1024 + 1];
        new Random(1).nextBytes(noise);

        assertThatThrownBy(() -> Bundle.read(noise))
                .isInstanceOf(BundleException.class)
                .hasMessage("the bundle has 1048577 bytes, at most 1048576 are taken");
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        assertThatThrownBy(() -> Bundle.read("hello".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BundleException.class)
                .hasMessageStartingWith("the bundle is no gzipped tar archive");
        byte[] whole = archive();
        for (int length = 0; length < whole.length - 20; length += 7) {
            byte[] cut = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Bundle.read(cut)).isInstanceOf(BundleException.class);
        }
    }

    @Test
    void survivesEveryFlippedBit() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try (var in = new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(archive()))) {
            in.transferTo(plain);
        }
        Random random = new Random(3);
        for (int i = 0; i < 1_000; i++) {
            byte[] flipped = plain.toByteArray();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            ByteArrayOutputStream zipped = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(zipped)) {
                out.write(flipped);
            }
            try {
                Bundle.read(zipped.toByteArray());
            } catch (BundleException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void refusesABundleWithoutItsParts() throws IOException {
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        new TarArchiveOutputStream(new GZIPOutputStream(other)).close();

        assertThatThrownBy(() -> Bundle.read(other.toByteArray()))
                .isInstanceOf(BundleException.class)
                .hasMessage("the bundle has no release.yaml");
    }

    @Test
    void aValuesFileMustBeNamedAndANamedOneMustBeThere() throws IOException {
        file("values/hidden.yaml", "");

        assertThat(Bundle.read(archive()).pipeline().problems())
                .extracting(Problem::toString)
                .containsExactly("release.yaml:1:1: the bundle has 'values/hidden.yaml', which no stage names");
    }

    private void file(String path, String content) throws IOException {
        byte[] data = content.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(data.length);
        tar.putArchiveEntry(entry);
        tar.write(data);
        tar.closeArchiveEntry();
    }

    private byte[] archive() throws IOException {
        tar.close();
        return bytes.toByteArray();
    }

    private void refuses(String message) throws IOException {
        byte[] archive = archive();
        assertThatThrownBy(() -> Bundle.read(archive))
                .isInstanceOf(BundleException.class)
                .hasMessage(message);
    }
}
