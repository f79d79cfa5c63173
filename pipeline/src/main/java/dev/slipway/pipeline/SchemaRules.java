package dev.slipway.pipeline;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What the published JSON Schema says about a document. */
final class SchemaRules {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(text(), InputFormat.JSON);
    /** Said better, and at the better place, by the checks that follow. */
    private static final Set<String> SAID_ELSEWHERE = Set.of("oneOf", "dependentRequired", "propertyNames");

    private SchemaRules() {}

    /** The schema as it is published. */
    static String text() {
        try (InputStream in = SchemaRules.class.getResourceAsStream("release.schema.json")) {
            return new String(Objects.requireNonNull(in, "release.schema.json").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a problem for everything that the schema does not allow. */
    static void check(YamlTree tree, Problems problems) {
        List<Error> errors = SCHEMA.validate(tree.root());
        Set<String> said = new HashSet<>();
        Set<String> meant = new HashSet<>();
        errors.stream()
                .filter(error -> error.getKeyword().equals("additionalProperties"))
                .forEach(
                        error -> SchemaMessage.of(error, SCHEMA, tree).nearest().ifPresent(meant::add));
        for (Error error : errors) {
            SchemaMessage message = SchemaMessage.of(error, SCHEMA, tree);
            if (!saidElsewhere(error) && !meant.contains(message.property()) && said.add(message.subject())) {
                message.addTo(problems);
            }
        }
    }

    /** A safety net: what only the schema found, in its own words. */
    static void checkUnsaid(YamlTree tree, Problems problems) {
        for (Error error : SCHEMA.validate(tree.root())) {
            String pointer = SchemaMessage.pointer(error.getInstanceLocation());
            problems.add(tree.keyAt(pointer), Wording.oneLine(error.getMessage()));
        }
    }

    private static boolean saidElsewhere(Error error) {
        NodePath path = error.getEvaluationPath();
        for (int i = 0; i < path.getNameCount(); i++) {
            if (SAID_ELSEWHERE.contains(path.getName(i)) && !isPropertyName(path, i)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPropertyName(NodePath path, int i) {
        return i > 0
                && Optional.of(path.getName(i - 1)).filter("properties"::equals).isPresent();
    }
}
