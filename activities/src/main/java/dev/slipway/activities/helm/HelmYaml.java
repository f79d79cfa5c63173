package dev.slipway.activities.helm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML as helm does (sigs.k8s.io/yaml, that is YAML 1.1 of go-yaml v2): {@code on} is true, {@code 1e3} a number,
 * {@code 12:30:45} and dates are text. Safe: no tags but the plain ones, 3 MiB and 50 aliases at most, no duplicate keys.
 */
final class HelmYaml {
    private static final Pattern GO_BOOL =
            Pattern.compile("y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF");
    private static final Pattern GO_INT =
            Pattern.compile("[-+]?(?:0b[01_]+|0x[0-9a-fA-F_]+|0o[0-7]+|0[0-7_]*|[1-9][0-9_]*)");
    private static final Pattern GO_FLOAT =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern GO_NULL = Pattern.compile("~|null|Null|NULL| ");
    private static final Pattern GO_EMPTY = Pattern.compile("");
    private static final Pattern GO_MERGE = Pattern.compile("<<");

    private HelmYaml() {}

    /**
     * All documents of the text; those that are empty are left out.
     *
     * @throws IllegalArgumentException with a sentence that says where it is wrong
     */
    static List<Map<String, @Nullable Object>> documents(String text) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        try {
            for (Object document : yaml().loadAll(text)) {
                if (document instanceof Map<?, ?> map) {
                    found.add(keyed(map));
                } else if (document != null) {
                    throw new IllegalArgumentException("a YAML document must be a mapping, not "
                            + document.getClass().getSimpleName());
                }
            }
        } catch (YAMLException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
        return found;
    }

    private static Yaml yaml() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setAllowRecursiveKeys(false);
        options.setMaxAliasesForCollections(50);
        options.setCodePointLimit(3 << 20);
        options.setNestingDepthLimit(100);
        DumperOptions unused = new DumperOptions();
        return new Yaml(new Plain(options), new Representer(unused), unused, options, new GoResolver());
    }

    private static Map<String, @Nullable Object> keyed(Map<?, ?> map) {
        Map<String, @Nullable Object> keyed = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (key == null || key instanceof Map || key instanceof List) {
                throw new IllegalArgumentException("a key must be a plain word, not " + key);
            }
            keyed.put(key.toString(), plain(value));
        });
        return keyed;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return keyed(map);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> items = new ArrayList<>();
            list.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw new IllegalArgumentException("a value must be text, a number, true, false, a list or a mapping, not "
                + value.getClass().getSimpleName());
    }

    /** Which plain words are no text. */
    private static final class GoResolver extends Resolver {
        @Override
        protected void addImplicitResolvers() {
            addImplicitResolver(Tag.BOOL, GO_BOOL, "yYnNtTfFoO");
            addImplicitResolver(Tag.INT, GO_INT, "-+0123456789");
            addImplicitResolver(Tag.FLOAT, GO_FLOAT, "-+0123456789.");
            addImplicitResolver(Tag.MERGE, GO_MERGE, "<");
            addImplicitResolver(Tag.NULL, GO_NULL, "~nN\0");
            addImplicitResolver(Tag.NULL, GO_EMPTY, null);
        }
    }

    /** SnakeYAML's safe types, {@code y} and {@code n}, and octal numbers as YAML 1.2 writes them. */
    private static final class Plain extends SafeConstructor {
        Plain(LoaderOptions options) {
            super(options);
            yamlConstructors.put(Tag.INT, new ConstructYamlInt() {
                @Override
                public Object construct(Node node) {
                    String text = ((ScalarNode) node).getValue();
                    return text.contains("0o")
                            ? (Object) Long.parseLong(text.replace("0o", ""), 8)
                            : super.construct(node);
                }
            });
            yamlConstructors.put(Tag.BOOL, new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return "yYtT".indexOf(((ScalarNode) node).getValue().charAt(0)) >= 0
                            || "on".equalsIgnoreCase(((ScalarNode) node).getValue());
                }
            });
        }
    }
}
