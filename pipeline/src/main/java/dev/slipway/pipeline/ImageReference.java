package dev.slipway.pipeline;

import dev.slipway.model.Image;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An image by repository and tag, as a registry is asked for it.
 *
 * @param registry host and, where written, port
 * @param name path within the registry
 */
public record ImageReference(String registry, String name, String tag) {
    private static final int LONGEST = 255;
    private static final String PART = "[a-z0-9]+(?:[._-]+[a-z0-9]+)*";
    private static final Pattern REPOSITORY =
            Pattern.compile("(?:" + PART + "(?::[0-9]{1,5})?/)?" + PART + "(?:/" + PART + ")*");
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final String DOCKER_HUB = "registry-1.docker.io";

    /**
     * The image of a version. A first part without a dot or a port is no registry but an account of Docker Hub, as for
     * {@code docker pull}.
     *
     * @throws IllegalArgumentException when the repository has a tag or digest, or one of the two is malformed
     */
    public static ImageReference of(String repository, String tag) {
        wrong(repository).ifPresent(wrong -> {
            throw new IllegalArgumentException("the image repository " + wrong + ", not '" + repository + "'");
        });
        if (!TAG.matcher(tag).matches()) {
            throw new IllegalArgumentException(
                    "'" + tag + "' is not an image tag (letters, digits, '_', '.' and '-', at"
                            + " most 128); give another one with --image-tag");
        }
        int slash = repository.indexOf('/');
        String first = slash < 0 ? "" : repository.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            boolean hub = first.equals("docker.io");
            String name = repository.substring(slash + 1);
            return new ImageReference(hub ? DOCKER_HUB : first, hub ? official(name) : name, tag);
        }
        return new ImageReference(DOCKER_HUB, official(repository), tag);
    }

    /** The image of a version as a plan names it. */
    public static ImageReference of(Image image) {
        return of(image.repository(), image.tag());
    }

    private static String official(String name) {
        return name.contains("/") ? name : "library/" + name;
    }

    /** What is wrong with a repository, as the end of a sentence; nothing when it is well-formed. */
    static Optional<String> wrong(String repository) {
        if (repository.contains("@")) {
            return Optional.of("must be without a digest (each release gives its own)");
        }
        if (repository.lastIndexOf(':') > repository.lastIndexOf('/')) {
            return Optional.of("must be without a tag (the version is the tag)");
        }
        return repository.length() <= LONGEST && REPOSITORY.matcher(repository).matches()
                ? Optional.empty()
                : Optional.of("must be an image repository such as registry.example.com/team/app");
    }

    @Override
    public String toString() {
        return registry + "/" + name + ":" + tag;
    }
}
