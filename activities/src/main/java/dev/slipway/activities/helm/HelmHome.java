package dev.slipway.activities.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A private folder (0700) with helm's caches and an empty plugin folder, and the whole environment that helm gets:
 * nothing of the worker's own, so that no PATH, HELM_* or proxy variable can change what helm does. It holds no values
 * and no credentials.
 */
final class HelmHome implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final Map<String, String> environment;

    private HelmHome(Path folder, Path kubeconfig) throws IOException {
        this.folder = folder;
        this.environment = Map.of(
                "HOME", sub("home"),
                "TMPDIR", sub("tmp"),
                "HELM_CACHE_HOME", sub("cache"),
                "HELM_CONFIG_HOME", sub("config"),
                "HELM_DATA_HOME", sub("data"),
                "HELM_PLUGINS", sub("plugins"),
                "HELM_NO_PLUGINS", "1",
                "KUBECONFIG", kubeconfig.toAbsolutePath().toString(),
                "PATH", "/usr/bin:/bin",
                "LC_ALL", "C.UTF-8");
    }

    static HelmHome create(Path kubeconfig) {
        try {
            Path folder = Files.createTempDirectory("slipway-helm-", PosixFilePermissions.asFileAttribute(PRIVATE));
            return new HelmHome(folder, kubeconfig);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a private folder for helm", e);
        }
    }

    private String sub(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name), PosixFilePermissions.asFileAttribute(PRIVATE))
                .toString();
    }

    /** Where helm runs: an empty place, so that no relative name means a file by accident. */
    Path workingFolder() {
        return folder.resolve("tmp");
    }

    /** All variables that helm sees. */
    Map<String, String> environment() {
        return environment;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
