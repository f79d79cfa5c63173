package dev.slipway.pipeline;

import dev.slipway.model.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Asks a registry which digest a tag has now. Without credentials; HTTPS, but plain HTTP for a registry on this machine.
 */
public final class RegistryClient {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3})(:[0-9]+)?");
    private static final String MANIFESTS = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * The digest behind a tag, at this moment: a tag can move, a digest cannot.
     *
     * @throws RegistryException when the registry cannot be reached, wants credentials, or has no such tag
     */
    public Digest resolve(ImageReference image) {
        String scheme = LOOPBACK.matcher(image.registry()).matches() ? "http" : "https";
        URI uri = URI.create(scheme + "://" + image.registry() + "/v2/" + image.name() + "/manifests/" + image.tag());
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .header("Accept", MANIFESTS)
                .timeout(PATIENCE)
                .build();
        try {
            return digest(image, http.send(request, HttpResponse.BodyHandlers.discarding()));
        } catch (IOException e) {
            String detail = e.getMessage() == null ? e.getClass().getSimpleName() : Wording.oneLine(e.getMessage());
            throw new RegistryException(image, "the registry cannot be reached (" + detail + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException(image, "interrupted");
        }
    }

    private static Digest digest(ImageReference image, HttpResponse<Void> response) {
        String why = switch (response.statusCode()) {
            case 200 -> "";
            case 401, 403 -> "the registry wants credentials, and Slipway has none";
            case 404 -> "the registry has no such repository or tag";
            default -> "the registry answered " + response.statusCode();
        };
        if (!why.isEmpty()) {
            throw new RegistryException(image, why);
        }
        String digest = response.headers()
                .firstValue("Docker-Content-Digest")
                .orElseThrow(
                        () -> new RegistryException(image, "the registry answered without a Docker-Content-Digest"));
        try {
            return new Digest(digest);
        } catch (IllegalArgumentException e) {
            throw new RegistryException(image, "the registry answered with " + Wording.quote(digest) + " for a digest");
        }
    }
}
