package dev.slipway.starter.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/** What docs/identity.md gives to copy is taken by the starter. */
class ExamplesTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    @Test
    void everyIssuerOfTheDocumentationIsTaken() throws IOException {
        List<IssuerKind> kinds = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/identity.md")));
        while (blocks.find()) {
            String block = blocks.group(1);
            if (block.contains("kind: ") && block.contains("keys-url")) {
                bound(block).issuers().forEach(issuer -> kinds.add(issuer.kind()));
            }
        }

        assertThat(kinds).containsExactly(IssuerKind.values());
    }

    private IdentitySettings bound(String block) throws IOException {
        String whole = block.startsWith("slipway:")
                ? block
                : "slipway:\n  identity:\n    audience: https://slipway.example.com\n    issuers:\n" + block;
        Path there = Files.writeString(folder.resolve("there"), "any file that can be read");
        String here = whole.replaceAll("/var/run/secrets/\\S+", there.toString());
        ByteArrayResource file = new ByteArrayResource(here.getBytes(StandardCharsets.UTF_8));
        List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("identity.md", file);
        return new Binder(ConfigurationPropertySources.from(sources))
                .bind("slipway.identity", IdentitySettings.class)
                .get();
    }
}
