package dev.slipway.activities.helm;

import dev.slipway.activities.fence.WriteRight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes sure at start that helm is the helm we mean: this file, this content, 4.3 or newer. */
final class HelmBinary {
    private static final Pattern VERSION = Pattern.compile("Version:\"v?(\\d+)\\.(\\d+)[^\"]*\"");

    private HelmBinary() {}

    /**
     * @throws IllegalArgumentException with a sentence when it is not an executable file, or not the one that was pinned
     */
    static void check(Path binary, Optional<String> sha256) {
        if (!binary.isAbsolute() || !Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
            throw new IllegalArgumentException("helm is expected at an absolute path of an executable file, but '"
                    + binary + "' is none; correct the worker's setting of the helm binary");
        }
        sha256.ifPresent(pin -> {
            String found = sha256(binary);
            if (!found.equalsIgnoreCase(pin.strip())) {
                throw new IllegalArgumentException(
                        "helm at " + binary + " has SHA-256 " + found + ", but " + pin.strip()
                                + " is pinned; install the pinned one, or change the pin if the upgrade is meant");
            }
        });
    }

    /**
     * @throws IllegalArgumentException when it is older than 4.3, the first whose rollbacks can be described
     */
    static void checkVersion(HelmRunner runner) {
        HelmCommand version = new HelmCommand(
                List.of("version"),
                new EnumMap<>(Flag.class),
                List.of(),
                Optional.empty(),
                Duration.ofSeconds(30),
                true);
        Finished finished = runner.run(version, WriteRight.NONE, Pulse.NONE, List.of());
        Matcher matcher = VERSION.matcher(finished.text());
        if (!finished.ok() || !matcher.find()) {
            throw new IllegalArgumentException("helm does not tell its version: " + finished.error());
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        if (major < 4 || (major == 4 && minor < 3)) {
            throw new IllegalArgumentException(
                    "helm " + major + "." + minor + " is too old; Slipway needs 4.3 or newer");
        }
    }

    private static String sha256(Path binary) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (InputStream in = new DigestInputStream(Files.newInputStream(binary), digest)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + binary, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
