package dev.slipway.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that a page of docs names, as {@code `module:Class#method`}. */
final class NamedTests {
    /** Of the repository. */
    static final Path ROOT = root();

    private static final Pattern TEST = Pattern.compile("`([a-z0-9/]+):(\\w+)#(\\w+)`");
    private static final Pattern TEST_METHOD = Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

    private NamedTests() {}

    static String page(String name) {
        try {
            return Files.readString(ROOT.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names in a text, without their ticks. */
    static List<String> in(String text) {
        return TEST.matcher(text)
                .results()
                .map(test -> test.group(1) + ":" + test.group(2) + "#" + test.group(3))
                .toList();
    }

    /** What a text says beside them. */
    static String without(String text) {
        return TEST.matcher(text).replaceAll("").strip();
    }

    static boolean exists(String name) {
        Matcher test = TEST.matcher("`" + name + "`");
        if (!test.matches()) {
            return false;
        }
        Path tests = ROOT.resolve(test.group(1)).resolve("src/test/java");
        try (Stream<Path> files = Files.walk(tests)) {
            return files.filter(f -> f.endsWith(test.group(2) + ".java")).anyMatch(f -> declares(f, test.group(3)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the method is there with an annotation that makes it a test, which stands above it without an empty line. */
    private static boolean declares(Path file, String method) {
        try {
            String source = Files.readString(file);
            for (int at = source.indexOf(" " + method + "(");
                    at >= 0;
                    at = source.indexOf(" " + method + "(", at + 1)) {
                String above = source.substring(Math.max(0, source.lastIndexOf("\n\n", at)), at);
                if (TEST_METHOD.matcher(above).find()) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("docs/failure-matrix.md"))) {
            here = here.getParent();
        }
        return here;
    }
}
