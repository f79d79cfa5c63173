package dev.slipway.e2e;

import java.time.Duration;

/** A good version of a service of its own, in the middle of a canary: half of the traffic is on it, under load. */
final class Ramp implements AutoCloseable {
    /** What its load sends to the gateway. */
    static final int REQUESTS_PER_SECOND = 20;

    static final String VERSION = "1.1.0";

    private final Service service;
    private final String environment;
    private final StandIn before;
    private final StandIn good;
    private final Load load;
    private final Shell.Running releasing;
    private boolean ended;

    private Ramp(String prefix, String environment, String analyzed, String after, boolean pods) {
        this.environment = environment;
        before = StandIn.built("1.0.0");
        good = StandIn.built(VERSION);
        boolean guarded = environment.equals("production");
        String stages = Stages.canary(environment, guarded ? Stages.approve() : "", "50%", after)
                .replace("atLeast: 6s, atMost: 2m", analyzed);
        service = Service.named(prefix, stages);
        if (!pods) {
            service.onlyPrometheusCanTell();
        }
        service.baseline(environment, before);
        load = Load.begin(service.host(environment), REQUESTS_PER_SECOND);
        releasing = Cli.ci().start(service.releaseArguments(good));
        if (guarded) {
            Cli.ci().awaitPhase(release(), "WAITING", Duration.ofMinutes(5));
            Cli.approver().run("approve", release());
        }
    }

    /**
     * Returns when half of the traffic is on the canary.
     *
     * @param analyzed the bounds of the ramp, such as {@code atLeast: 6s, atMost: 2m}
     * @param after gates after the promotion, may be empty
     */
    static Ramp of(String prefix, String environment, String analyzed, String after) {
        return shared(new Ramp(prefix, environment, analyzed, after, true));
    }

    /** The same, of a service whose pods are not asked themselves. */
    static Ramp ofPrometheusAlone(String prefix, String environment, String analyzed, String after) {
        return shared(new Ramp(prefix, environment, analyzed, after, false));
    }

    private static Ramp shared(Ramp ramp) {
        ramp.service.awaitShare(ramp.environment, 50);
        return ramp;
    }

    Service service() {
        return service;
    }

    String release() {
        return service.release(VERSION);
    }

    /** Its stage's workflow. */
    String stage() {
        return service.name() + ":" + environment;
    }

    StandIn before() {
        return before;
    }

    StandIn good() {
        return good;
    }

    /** Waits for the end of {@code slipway release}. */
    Shell.Result end() {
        ended = true;
        return releasing.await();
    }

    /** Failed requests so far; ends the load. */
    long failedRequests() {
        return load.end().path("failed").asLong();
    }

    /** The image that stable's pods run. */
    String image() {
        return service.imageOf(environment, service.name());
    }

    boolean hasCanary() {
        return !service.imageOf(environment, service.name() + "-canary").isEmpty();
    }

    @Override
    public void close() {
        if (!ended) {
            Cli.approver().run("abort", release(), "--reason", "the test has failed");
            releasing.process().destroy();
        }
        load.end();
        service.close();
    }
}
