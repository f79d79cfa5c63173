package dev.slipway.workflows.testing.slack;

/** A workspace for the lab: {@code PORT CHANNEL USER...}; runs until it is killed. */
public final class FakeSlackProcess {
    private FakeSlackProcess() {}

    public static void main(String... args) throws InterruptedException {
        try (FakeSlack slack = new FakeSlack(Integer.parseInt(args[0])).channel(args[1])) {
            for (int i = 2; i < args.length; i++) {
                slack.user(args[i]);
            }
            System.out.println(slack.api());
            Thread.currentThread().join();
        }
    }
}
