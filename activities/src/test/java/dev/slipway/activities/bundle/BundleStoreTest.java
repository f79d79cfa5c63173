package dev.slipway.activities.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.model.Digest;
import dev.slipway.pipeline.Bundle;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class BundleStoreTest {
    private static final byte[] ARCHIVE = archive("release.yaml", "chart/Chart.yaml", "values/values.yaml");
    private static final Digest DIGEST = Bundle.read(ARCHIVE).digest();

    @TempDir
    Path folder;

    private final List<String> requests = new ArrayList<>();
    private HttpServer server;
    private int status = 200;
    private byte[] body = ARCHIVE;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetchesABundleOnceAndUnpacksIt() throws IOException {
        Path bundle = store().folder(DIGEST);
        assertThat(bundle.resolve("chart/Chart.yaml")).hasContent("chart/Chart.yaml");
        assertThat(store().folder(DIGEST)).isEqualTo(bundle);
        assertThat(requests).containsExactly("/api/v1/bundles/" + DIGEST + " Bearer worker-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache())))
                .isEqualTo("rwx------");
    }

    @Test
    void anotherContentThanWasAskedForIsRefusedAndNotKept() throws IOException {
        body = archive("release.yaml", "chart/Chart.yaml", "chart/templates/evil.yaml");
        assertFailure("INVALID_INPUT", "is another one");
        assertThat(cache()).doesNotExist();
    }

    @Test
    void anArchiveThatLeadsOutOfItselfIsRefused() {
        body = archive("release.yaml", "chart/Chart.yaml", "chart/../../x");
        assertFailure("INVALID_INPUT", "cannot be used");
    }

    @Test
    void moreThanTheLimitIsNotRead() {
        body = new byte[3 << 20];
        assertFailure("UNREACHABLE", "more than 1048576 bytes");
    }

    @Test
    void redirectsAreNotFollowed() {
        status = 302;
        assertFailure("UNREACHABLE", "answered 302");
        assertThat(requests).hasSize(1);
    }

    @Test
    void eachRefusalHasItsClass() {
        body = new byte[0];
        status = 404;
        assertFailure("MISSING", "no such bundle");
        status = 401;
        assertFailure("FORBIDDEN", "token");
        status = 503;
        assertFailure("UNREACHABLE", "503");
        server.stop(0);
        assertFailure("UNREACHABLE", "does not send");
    }

    @Test
    void nothingHalfUnpackedStaysInTheCache() throws IOException {
        store().folder(DIGEST);
        try (Stream<Path> files = Files.list(cache())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void anAddressWithACredentialIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> new StarterBundles(URI.create("http://user:canary@host/"), () -> ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
    }

    private void assertFailure(String type, String words) {
        assertThatThrownBy(() -> store().folder(DIGEST)).isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
            assertThat(failure.getType()).isEqualTo(type);
            assertThat(failure.getOriginalMessage()).contains(words).doesNotContain("worker-token");
        });
    }

    private Path cache() {
        return folder.resolve("cache");
    }

    private BundleStore store() {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        return new BundleStore(new StarterBundles(base, () -> "worker-token"), cache());
    }

    private static byte[] archive(String... paths) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (String path : paths) {
                byte[] content = path.getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(path, true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }
}
