package dev.slipway.activities.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Refuses kubeconfig files that would run programs: whoever can write such a file could otherwise run anything as the
 * worker (CVE-2022-24817 is of this kind).
 */
public final class KubeconfigCheck {
    private static final long LARGEST = 1024 * 1024;
    private static final Set<String> RUNS_CODE = Set.of("exec", "auth-provider");

    private KubeconfigCheck() {}

    /**
     * Returns when the file is one plain kubeconfig; to be called before any client or helm reads it.
     *
     * @throws IllegalArgumentException with a sentence for the operator, when it is not; never quotes the file's contents
     */
    public static void check(Path kubeconfig) {
        Set<String> found = new TreeSet<>();
        collectKeys(read(kubeconfig), found);
        found.retainAll(RUNS_CODE);
        if (!found.isEmpty()) {
            throw new IllegalArgumentException("kubeconfig " + kubeconfig + " has '" + String.join("' and '", found)
                    + "', which runs a program or plugin to get credentials. Use a client certificate, a token or a"
                    + " token file instead.");
        }
    }

    private static JsonNode read(Path kubeconfig) {
        try {
            if (!Files.isRegularFile(kubeconfig)) {
                throw new IllegalArgumentException("kubeconfig " + kubeconfig + " is no file. Name exactly one file.");
            }
            if (Files.size(kubeconfig) > LARGEST) {
                throw new IllegalArgumentException("kubeconfig " + kubeconfig + " is larger than 1 MiB.");
            }
            return onlyDocument(kubeconfig);
        } catch (IOException e) {
            // the parser's message would quote the file
            throw new IllegalArgumentException(
                    "kubeconfig " + kubeconfig + " cannot be read as YAML without duplicate keys ("
                            + e.getClass().getSimpleName() + ").");
        }
    }

    private static JsonNode onlyDocument(Path kubeconfig) throws IOException {
        try (MappingIterator<JsonNode> documents = Serialization.yamlMapper()
                .readerFor(JsonNode.class)
                .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .readValues(kubeconfig.toFile())) {
            List<JsonNode> all = documents.readAll();
            if (all.size() != 1 || !all.get(0).path("clusters").isArray()) {
                throw new IllegalArgumentException(
                        "kubeconfig " + kubeconfig + " is not one YAML document with 'clusters'.");
            }
            return all.get(0);
        }
    }

    /** Every key anywhere: an anchor may be defined far from where it is used. */
    private static void collectKeys(JsonNode node, Set<String> into) {
        node.fieldNames().forEachRemaining(key -> into.add(key.toLowerCase(Locale.ROOT)));
        node.forEach(child -> collectKeys(child, into));
    }
}
