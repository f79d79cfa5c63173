package dev.slipway.pipeline;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML 1.2 text as a tree with places. Deep nesting and floods of aliases are refused before anything is built. */
final class YamlParser {
    private static final int DEEPEST = 30;
    private static final int MOST_ALIASES = 50;

    private final Problems problems;
    private final LoadSettings settings = LoadSettings.builder()
            .setLabel("file")
            .setUseMarks(true)
            .setAllowNonScalarKeys(true)
            .build();

    YamlParser(Problems problems) {
        this.problems = problems;
    }

    /** The tree, or nothing when problems were added and there is no sense in looking further. */
    Optional<YamlTree> parse(String text) {
        String withoutMark = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            if (!withinLimits(withoutMark)) {
                return Optional.empty();
            }
            Optional<Node> root = new Compose(settings).composeString(withoutMark);
            if (root.isEmpty()) {
                problems.add(Position.START, "the file is empty", "begin with apiVersion: slipway.dev/v1");
            }
            return root.flatMap(node -> new YamlConversion(problems).convert(node));
        } catch (MarkedYamlEngineException e) {
            problems.add(place(e.getProblemMark().or(e::getContextMark)), "not valid YAML: " + reason(e), hint(e));
        } catch (YamlEngineException e) {
            problems.add(Position.START, "not valid YAML: " + Wording.oneLine(String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private boolean withinLimits(String text) {
        int depth = 0;
        int aliases = 0;
        int documents = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += nesting(event);
            aliases += event.getEventId() == Event.ID.Alias ? 1 : 0;
            documents += event.getEventId() == Event.ID.DocumentStart ? 1 : 0;
            if (depth > DEEPEST) {
                return refuse(event, "nested deeper than " + DEEPEST + " levels");
            }
            if (aliases > MOST_ALIASES) {
                return refuse(event, "more than " + MOST_ALIASES + " aliases");
            }
            if (documents > 1) {
                return refuse(event, "a second YAML document begins here; a pipeline is one document");
            }
        }
        return true;
    }

    private static int nesting(Event event) {
        return switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
        };
    }

    private boolean refuse(Event event, String message) {
        problems.add(place(event.getStartMark()), message);
        return false;
    }

    static Position place(Optional<Mark> mark) {
        return mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.START);
    }

    private static String reason(MarkedYamlEngineException e) {
        String problem = Wording.oneLine(String.valueOf(e.getProblem()).replaceAll("\\.? *\\(Do not use.*", ""));
        return String.valueOf(e.getProblem()).contains("\\t(TAB)") ? "a tab where YAML wants spaces" : problem;
    }

    private static String hint(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("\\t(TAB)")) {
            return "indent with spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "put text that contains ': ' in quotes, or look at the indentation";
        }
        if (problem.contains("expected <block end>")) {
            return "look at the indentation of this line and the one before";
        }
        return problem.contains("'@'") || problem.contains("'`'") ? "put the text in quotes" : "";
    }
}
