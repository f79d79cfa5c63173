package dev.slipway.activities.helm;

import dev.slipway.activities.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A private folder (0700) with helm's caches and an empty plugin folder, and the whole environment that helm gets:
 * nothing of the worker's own, so that no PATH, HELM_* or proxy variable can change what helm does. It holds no values
 * and no credentials.
 */
final class HelmHome implements AutoCloseable {
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private final PrivateFolder own;
    private final Path folder;
    private final Map<String, String> environment;

    private HelmHome(PrivateFolder own) throws IOException {
        this.own = own;
        this.folder = own.path();
        this.environment = Map.of(
                "HOME", sub("home"),
                "TMPDIR", sub("tmp"),
                "HELM_CACHE_HOME", sub("cache"),
                "HELM_CONFIG_HOME", sub("config"),
                "HELM_DATA_HOME", sub("data"),
                "HELM_PLUGINS", sub("plugins"),
                "HELM_NO_PLUGINS", "1",
                "PATH", "/usr/bin:/bin",
                "LC_ALL", "C.UTF-8");
    }

    static HelmHome create() {
        try {
            return new HelmHome(PrivateFolder.create("slipway-helm-"));
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

    /** For one call of helm, which reaches the cluster at this address; credentials it gets none. */
    Call call(URI cluster) {
        try {
            return new Call(
                    Files.createTempDirectory(folder, "call-", PosixFilePermissions.asFileAttribute(PRIVATE)), cluster);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a kubeconfig for helm", e);
        }
    }

    /** A kubeconfig for one call, gone when the call is over, and what client-go keeps beside it. */
    final class Call implements AutoCloseable {
        private static final String KUBECONFIG = """
                apiVersion: v1
                kind: Config
                clusters: [ { name: slipway, cluster: { server: "%s" } } ]
                contexts: [ { name: slipway, context: { cluster: slipway, user: slipway } } ]
                users: [ { name: slipway, user: {} } ]
                current-context: slipway
                """;

        private final Path own;

        private Call(Path own, URI cluster) throws IOException {
            this.own = own;
            Files.createFile(kubeconfig(), PosixFilePermissions.asFileAttribute(FILE));
            Files.writeString(kubeconfig(), KUBECONFIG.formatted(cluster));
        }

        private Path kubeconfig() {
            return own.resolve("kubeconfig");
        }

        /** All variables that helm sees. */
        Map<String, String> environment() {
            Map<String, String> all = new HashMap<>(environment);
            all.put("KUBECONFIG", kubeconfig().toString());
            all.put("KUBECACHEDIR", own.resolve("cache").toString());
            return all;
        }

        @Override
        public void close() {
            try {
                PrivateFolder.remove(own);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot remove " + own, e);
            }
        }
    }

    @Override
    public void close() {
        own.close();
    }
}
