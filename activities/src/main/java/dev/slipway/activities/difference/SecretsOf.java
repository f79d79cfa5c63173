package dev.slipway.activities.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Collects what is secret on both sides: what Secrets hold, and what stands under a secret's name. */
final class SecretsOf {
    /** Everybody knows these of a database, and a mask over "postgres" would leave no line readable. */
    private static final Set<String> NOT_FOR_OTHERS = Set.of(
            "user",
            "username",
            "host",
            "hostname",
            "port",
            "database",
            "dbname",
            "name",
            "namespace",
            "uri",
            "endpoint");

    private final List<Side> sides;

    /** Is told of each. */
    interface Finder {
        void found(String key, String secret);
    }

    SecretsOf(Side... sides) {
        this.sides = List.of(sides);
    }

    KnownSecrets known() {
        List<String> secrets = new ArrayList<>();
        Set<String> ordinary = new TreeSet<>();
        Masking finding = Masking.showing((key, secret) -> {
            if (!NOT_FOR_OTHERS.contains(key.toLowerCase(Locale.ROOT))) {
                secrets.add(secret);
                decoded(secret, secrets);
            }
        });
        for (Side side : sides) {
            finding.values(side.values());
            for (JsonNode object : side.objects()) {
                JsonNode same = finding.object(object);
                ordinary.add(same.path("kind").asText());
                ordinary.add(same.path("metadata").path("name").asText());
                ordinary.add(same.path("metadata").path("namespace").asText());
            }
        }
        return KnownSecrets.of(secrets, ordinary);
    }

    private static void decoded(String secret, List<String> secrets) {
        try {
            secrets.add(new String(Base64.getDecoder().decode(secret.strip()), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException plain) {
            // it is no Base64, so it is known as it is
        }
    }
}
