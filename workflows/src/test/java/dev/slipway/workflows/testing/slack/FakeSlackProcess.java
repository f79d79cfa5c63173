package dev.slipway.workflows.testing.slack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A workspace for the lab: {@code PORT CHANNEL APP SECRET-FILE USER...}, where APP is where the app hears Slack and the file
 * holds its signing secret; runs until it is killed. {@link RemoteControl} says what can be done with it.
 */
public final class FakeSlackProcess {
    private FakeSlackProcess() {}

    public static void main(String... args) throws IOException, InterruptedException {
        try (FakeSlack slack = new FakeSlack(Integer.parseInt(args[0])).channel(args[1])) {
            String secret = Files.readString(Path.of(args[3])).strip();
            for (int i = 4; i < args.length; i++) {
                slack.user(args[i]);
            }
            slack.controlled(new RemoteControl(slack, new Users(slack, URI.create(args[2]), secret)));
            System.out.println("a Slack of nobody: " + slack.api());
            Thread.currentThread().join();
        }
    }
}
