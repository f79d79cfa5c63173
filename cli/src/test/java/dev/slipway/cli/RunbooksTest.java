package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.model.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class RunbooksTest {
    private static final Path FOLDER = root().resolve("docs/runbooks");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh$(.*?)^ *```$");
    private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])+");
    private static final Map<String, String> NAMES = Map.of(
            "$service", "podinfo", "$version", "6.9.2", "$env", "production", "$digest", "sha256:" + "0".repeat(64));

    @ParameterizedTest
    @EnumSource(Alert.class)
    void everyAlertHasARunbookInFourParts(Alert alert) throws IOException {
        List<String> lines = Files.readAllLines(root().resolve(alert.runbook()));

        assertThat(lines.get(0)).isEqualTo("# " + alert.name());
        assertThat(lines.stream().filter(l -> l.startsWith("## ")))
                .containsExactly("## Meaning", "## Impact", "## Diagnosis", "## Mitigation");
        assertThat(Files.readString(FOLDER.resolve("README.md"))).contains("[" + alert + "](" + alert + ".md)");
    }

    @Test
    void thereIsNoRunbookWithoutAnAlert() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("README.md"),
                                    Arrays.stream(Alert.values()).map(a -> a + ".md"))
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("slipwayCommands")
    void theCommandLineUnderstandsWhatTheRunbooksTellToType(String command) {
        CommandLine root = Slipway.commandLine(Terminal.ofProcess(), ReleaseFeed.Pace.USUAL);

        assertThatCode(() -> root.parseArgs(words(command))).as("%s", command).doesNotThrowAnyException();
        assertThat(command).as("a name that the README does not tell to set").doesNotContain("$ns");
    }

    static Stream<String> slipwayCommands() throws IOException {
        List<String> commands = new ArrayList<>();
        for (Alert alert : Alert.values()) {
            Matcher block = BLOCK.matcher(Files.readString(root().resolve(alert.runbook())));
            while (block.find()) {
                block.group(1)
                        .lines()
                        .map(String::strip)
                        .filter(l -> l.startsWith("slipway "))
                        .forEach(commands::add);
            }
        }
        assertThat(commands).isNotEmpty();
        return commands.stream().distinct();
    }

    private static String[] words(String command) {
        String filled = command;
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            filled = filled.replace(name.getKey(), name.getValue());
        }
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(filled);
        while (word.find()) {
            words.add(word.group().replaceAll("[\"']", ""));
        }
        return words.subList(1, words.size()).toArray(String[]::new);
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/runbooks"))) {
            here = here.getParent();
        }
        return here;
    }
}
