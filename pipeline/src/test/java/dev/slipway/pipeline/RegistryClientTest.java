package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryClientTest {
    private static final Digest DIGEST = Digests.sha256(new byte[] {1});

    private final List<String> asked = new ArrayList<>();
    private final RegistryClient client = new RegistryClient();
    private HttpServer registry;
    private String host;
    private int status = 200;
    private String digest = DIGEST.value();

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Accept").contains("oci.image.index"));
            if (!digest.isEmpty()) {
                exchange.getResponseHeaders().add("Docker-Content-Digest", digest);
            }
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        registry.start();
        host = "127.0.0.1:" + registry.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void asksWhichDigestATagHas() {
        assertThat(client.resolve(image())).isEqualTo(DIGEST);
        assertThat(asked).containsExactly("HEAD /v2/team/podinfo/manifests/6.9.2 true");
    }

    @Test
    void saysThatTheTagIsNotThere() {
        status = 404;

        refuses("the registry has no such repository or tag");
    }

    @Test
    void saysThatItHasNoCredentials() {
        status = 401;

        refuses("the registry wants credentials, and Slipway has none");
    }

    @Test
    void followsNobodyElsewhere() {
        status = 307;

        refuses("the registry answered 307");
        assertThat(asked).hasSize(1);
    }

    @Test
    void believesNoAnswerWithoutADigest() {
        digest = "";
        refuses("the registry answered without a Docker-Content-Digest");

        digest = "md5:1";
        refuses("the registry answered with 'md5:1' for a digest");
    }

    @Test
    void saysThatNobodyListens() {
        registry.stop(0);

        assertThatThrownBy(() -> client.resolve(image()))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("the registry cannot be reached")
                .hasMessageEndingWith("; give it with --image-digest sha256:...");
    }

    @Test
    void readsARepositoryAsDockerDoes() {
        assertThat(ImageReference.of("nginx", "1")).hasToString("registry-1.docker.io/library/nginx:1");
        assertThat(ImageReference.of("stefanprodan/podinfo", "6.9.2"))
                .hasToString("registry-1.docker.io/stefanprodan/podinfo:6.9.2");
        assertThat(ImageReference.of("docker.io/nginx", "1")).hasToString("registry-1.docker.io/library/nginx:1");
        assertThat(ImageReference.of("localhost/a/b", "1")).hasToString("localhost/a/b:1");
        assertThatThrownBy(() -> ImageReference.of("nginx", "1+build"))
                .hasMessageContaining("'1+build' is not an image tag");
        assertThatThrownBy(() -> ImageReference.of("nginx:1", "1")).hasMessageContaining("must be without a tag");
    }

    private void refuses(String why) {
        assertThatThrownBy(() -> client.resolve(image()))
                .isInstanceOf(RegistryException.class)
                .hasMessage("cannot find the digest of " + host + "/team/podinfo:6.9.2: " + why
                        + "; give it with --image-digest sha256:...");
    }

    private ImageReference image() {
        return ImageReference.of(host + "/team/podinfo", "6.9.2");
    }
}
