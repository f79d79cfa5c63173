package dev.slipway.activities.difference;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether what is called so is a secret. Rather one too many: what is masked can be looked at elsewhere, what is shown is out. */
final class SecretName {
    private static final Set<String> WORDS = Set.of(
            "password",
            "passwords",
            "passwd",
            "passphrase",
            "pass",
            "pwd",
            "secret",
            "secrets",
            "token",
            "tokens",
            "credential",
            "credentials",
            "apikey",
            "privatekey",
            "accesskey",
            "authkey",
            "dockerconfigjson",
            "checksum");
    /** Two words that are one. */
    private static final Set<String> PAIRS = Set.of(
            "apikey", "privatekey", "accesskey", "authkey", "signingkey", "encryptionkey", "sshkey", "masterkey");
    /** A name that ends so tells where a secret is, not what it is. */
    private static final Set<String> ABOUT = Set.of(
            "name",
            "names",
            "ref",
            "refs",
            "path",
            "file",
            "files",
            "dir",
            "mount",
            "namespace",
            "provider",
            "type",
            "ttl",
            "class",
            "enabled",
            "length",
            "limit",
            "policy",
            "create",
            "optional",
            "mode",
            "audience",
            "seconds",
            "items",
            "annotations",
            "labels");

    private static final Pattern BORDERS =
            Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+");

    private SecretName() {}

    /** Such as {@code db.password}, {@code HF_TOKEN}, {@code apiKey}; not {@code secretName}, {@code tokenizer}. */
    static boolean is(String name) {
        List<String> words = words(name);
        if (words.isEmpty() || isReference(words)) {
            return false;
        }
        for (int i = 0; i < words.size(); i++) {
            boolean pair = i > 0 && PAIRS.contains(words.get(i - 1) + words.get(i));
            if (pair || WORDS.contains(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether it says something about a secret that is no secret itself. */
    static boolean isAbout(String name) {
        List<String> words = words(name);
        return !words.isEmpty() && ABOUT.contains(words.get(words.size() - 1));
    }

    /** Those that Kubernetes and charts use for the names of Secrets. */
    private static boolean isReference(List<String> words) {
        return ABOUT.contains(words.get(words.size() - 1))
                || words.get(0).equals("existing")
                || words.equals(List.of("image", "pull", "secrets"))
                || words.equals(List.of("max", "tokens"))
                || words.get(0).equals("automount");
    }

    private static List<String> words(String name) {
        return Arrays.stream(BORDERS.split(name))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
