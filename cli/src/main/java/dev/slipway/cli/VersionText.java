package dev.slipway.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which slipway this is; written into the jar by the build. */
final class VersionText implements IVersionProvider {
    static String number() {
        try (InputStream file = VersionText.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(Objects.requireNonNull(file, "version.properties is part of the jar"));
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new IllegalStateException("version.properties is part of the jar", e);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {"slipway " + number(), "Java " + System.getProperty("java.version")};
    }
}
