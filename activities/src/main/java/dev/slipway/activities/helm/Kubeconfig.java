package dev.slipway.activities.helm;

import dev.slipway.activities.kubernetes.KubeconfigCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows the secrets in a kubeconfig, so that they never get into a message. */
final class Kubeconfig {
    private static final List<String> SECRET = List.of("token", "password", "client-key-data");

    private Kubeconfig() {}

    /**
     * Checks the file and reads what must never be shown.
     *
     * @throws IllegalArgumentException when it would run a program, or is no kubeconfig
     */
    static List<String> secretsOf(Path file) {
        KubeconfigCheck.check(file);
        List<String> secrets = new ArrayList<>();
        for (Map<String, @Nullable Object> document : HelmYaml.documents(text(file))) {
            if (document.get("users") instanceof List<?> users) {
                users.forEach(user -> collect(user, secrets));
            }
        }
        return secrets;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the kubeconfig " + file, e);
        }
    }

    private static void collect(@Nullable Object entry, List<String> secrets) {
        if (entry instanceof Map<?, ?> named && named.get("user") instanceof Map<?, ?> user) {
            for (String key : SECRET) {
                if (user.get(key) instanceof String secret) {
                    secrets.add(secret);
                }
            }
        }
    }
}
