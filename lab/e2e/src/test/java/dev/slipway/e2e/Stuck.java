package dev.slipway.e2e;

import java.time.Duration;

/** A bad version that was promoted, whose undo finds the prior revision gone: the stage is STUCK. */
final class Stuck implements AutoCloseable {
    private static final String BAD = "1.2.0";

    private final StandIn before = StandIn.built("1.0.0");
    // of 0.2 drawn at random CI once saw 0.16, which twenty seconds of soak do not tell from the 0.1 that are allowed
    private final StandIn bad = StandIn.built(BAD, "ERROR_RATE=0.5");
    private final Service service;
    private final Load load;
    private final String priorRevision;
    private final Shell.Result released;

    private Stuck(String prefix) {
        service = Service.named(prefix, Stages.rolling("development", Stages.soak("20s", 40)));
        service.baseline("development", before);
        Shell.Running releasing = Cli.ci().start(service.releaseArguments(bad));
        Eventually.holds(
                "the bad version is promoted, and nobody uses it yet",
                Duration.ofMinutes(2),
                () -> service.imageOf("development", service.name()).contains(bad.digest())
                        && Cli.ci()
                                .get(release())
                                .toString()
                                .contains("\"name\":\"soak\",\"kind\":\"soak\",\"state\":\"RUNNING\""));
        priorRevision = Lab.kubectl("get", "secret", secret(), "-n", "development", "-o", "yaml")
                .must();
        Lab.kubectl("delete", "secret", secret(), "-n", "development").must();
        load = Load.begin(service.host("development"), 20);
        released = releasing.await();
    }

    static Stuck without(String prefix) {
        return new Stuck(prefix);
    }

    String release() {
        return service.release(BAD);
    }

    String stage() {
        return service.name() + ":development";
    }

    /** How {@code slipway release} ended. */
    int exit() {
        return released.exit();
    }

    String reason() {
        return Cli.json(released).path("reason").asText();
    }

    StandIn before() {
        return before;
    }

    StandIn bad() {
        return bad;
    }

    String image() {
        return service.imageOf("development", service.name());
    }

    void restorePriorRevision() {
        Lab.kubectl("apply", "-f", "-").stdin(priorRevision).must();
    }

    private String secret() {
        return "sh.helm.release.v1." + service.name() + ".v1";
    }

    @Override
    public void close() {
        Cli.approver().run("accept-as-is", release(), "--reason", "end of the test");
        load.end();
        service.close();
    }
}
