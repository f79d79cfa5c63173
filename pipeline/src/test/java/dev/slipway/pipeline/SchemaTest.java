package dev.slipway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SchemaTest {
    private static final Path DOCS = Path.of("..", "docs");

    @Test
    void theSchemaInDocsIsTheOneInTheJar() throws IOException {
        assertThat(Files.readString(DOCS.resolve("release.schema.json"))).isEqualTo(PipelineReader.schema());
    }

    @Test
    void theExampleInDocsIsGood() throws IOException {
        String page = Files.readString(DOCS.resolve("pipeline.md"));
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();

        assertThat(Platform.problems(page.substring(begin, page.indexOf("```", begin))))
                .isEmpty();
    }

    @Test
    void everyKeyIsInTheReference() throws IOException {
        String page = Files.readString(DOCS.resolve("pipeline.md"));
        List<String> keys = new ArrayList<>();
        collect(new JsonMapper().readTree(PipelineReader.schema()), keys);

        assertThat(keys).isNotEmpty().allSatisfy(key -> assertThat(page).contains("`" + key + "`"));
    }

    private static void collect(JsonNode schema, List<String> keys) {
        schema.path("properties").properties().forEach(property -> keys.add(property.getKey()));
        schema.forEach(child -> collect(child, keys));
    }
}
