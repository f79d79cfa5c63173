package dev.slipway.activities.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An executable that says and does what a test tells it, and writes down how it was called. */
final class ScriptedHelm {
    private static final String FRAME = """
            #!/bin/bash
            dir='%1$s'
            call="$dir/calls/$(printf %%03d "$(ls "$dir/calls" | wc -l)")"
            mkdir "$call"
            printf '%%s\\0' "$@" > "$call/argv"
            cat /proc/$$/environ > "$call/environ"
            echo $$ > "$call/pid"
            if [ "$1" = version ]; then echo 'version.BuildInfo{Version:"v4.3.1"}'; exit 0; fi
            %2$s
            """;

    private final Path folder;

    private ScriptedHelm(Path folder) {
        this.folder = folder;
    }

    /** Bash, run with helm's arguments. */
    static ScriptedHelm doing(Path folder, String script) {
        ScriptedHelm helm = new ScriptedHelm(folder);
        try {
            Files.createDirectories(folder.resolve("calls"));
            Files.writeString(helm.binary(), FRAME.formatted(folder, script));
            Files.setPosixFilePermissions(helm.binary(), PosixFilePermissions.fromString("rwx------"));
            Files.writeString(helm.kubeconfig(), """
                    apiVersion: v1
                    kind: Config
                    clusters: [ { name: c, cluster: { server: "https://127.0.0.1:1" } } ]
                    users: [ { name: u, user: { token: kubeconfig-canary-token } } ]
                    contexts: [ { name: x, context: { cluster: c, user: u } } ]
                    current-context: x
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return helm;
    }

    Path binary() {
        return folder.resolve("helm");
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** One line per call, oldest first; without the calls that ask for the version. */
    List<List<String>> calls() {
        return recorded("argv")
                .map(Arrays::asList)
                .filter(a -> !a.get(0).equals("version"))
                .toList();
    }

    /** The environment of the last call. */
    Map<String, String> environment() {
        return Arrays.stream(recorded("environ").reduce((a, b) -> b).orElseThrow())
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    String file(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Stream<String[]> recorded(String name) {
        try (Stream<Path> calls = Files.list(folder.resolve("calls"))) {
            return calls
                    .sorted(Comparator.comparing(Path::toString))
                    .map(call -> file(folder.relativize(call.resolve(name)).toString())
                            .split("\0"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
