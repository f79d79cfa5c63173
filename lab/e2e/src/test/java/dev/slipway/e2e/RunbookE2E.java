package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the runbooks tell a person to type, typed in the middle of a canary; the cli module reads the slipway commands. */
class RunbookE2E {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```sh$(.*?)^ *```$");
    private static final Pattern CHANGES = Pattern.compile(
            "^(kubectl (patch|delete|annotate|apply|scale|edit|set)|helm (rollback|uninstall|upgrade|install))\\b.*");

    @Test
    void everyCommandOfTheRunbooksWorksInTheMiddleOfACanary() throws IOException {
        StandIn before = StandIn.built("1.0.0");
        StandIn good = StandIn.built("1.1.0");
        String stages = Stages.canary("development", "", "50%", "")
                .replace("atLeast: 6s, atMost: 2m", "atLeast: 200s, atMost: 8m");
        try (Service service = Service.named("book", stages)) {
            service.baseline("development", before);
            Load load = Load.begin(service.host("development"), 10);
            Shell.Running releasing = Cli.ci().start(service.releaseArguments(good));
            service.awaitShare("development", 50);

            TreeMap<String, String> failed = new TreeMap<>();
            TreeSet<String> commands = commands();
            for (String command : commands) {
                Shell.Result result = typed(service, command);
                if (result.exit() != 0) {
                    failed.put(command, result.err());
                }
            }
            Cli.approver().run("abort", service.release("1.1.0"), "--reason", "end of the test");
            Shell.Result released = releasing.await();
            load.end();

            assertThat(commands).hasSizeGreaterThan(20);
            assertThat(failed).isEmpty();
            assertThat(released.exit()).as("nothing was changed: %s", released).isEqualTo(15);
        }
    }

    private static Shell.Result typed(Service service, String command) {
        return Shell.of("bash", "-c", dry(command))
                .with("service", service.name())
                .with("version", "1.1.0")
                .with("env", "development")
                .with("ns", "development")
                .with("good", "1")
                .run();
    }

    /** What would change something is only tried. */
    private static String dry(String command) {
        if (!CHANGES.matcher(command).matches()) {
            return command;
        }
        return command + (command.startsWith("helm uninstall") ? " --dry-run" : " --dry-run=server");
    }

    /** All but what Slipway's own command line does, and what speaks to a stage that is stuck. */
    private static TreeSet<String> commands() throws IOException {
        TreeSet<String> commands = new TreeSet<>();
        List<Path> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(Lab.root().resolve("docs/runbooks"))) {
            files.forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                block.group(1)
                        .lines()
                        .map(String::strip)
                        .filter(l -> l.matches("(kubectl|helm|curl|temporal) .*"))
                        .filter(l -> !l.startsWith("temporal workflow update"))
                        .forEach(commands::add);
            }
        }
        return commands;
    }
}
