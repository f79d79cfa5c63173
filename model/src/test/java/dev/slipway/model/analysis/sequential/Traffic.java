package dev.slipway.model.analysis.sequential;

import java.time.Duration;

/** What scrapes of a simulated service count, one after the other. The same seed gives the same. */
public final class Traffic {
    private static final double DAY = 86_400;
    private static final double SPREAD = 3;
    private static final double WOBBLE = 25;
    private static final double MISSING = 0.1;

    private final Service service;
    private final Service.Trouble trouble;
    private final Chance chance;
    private double clock;

    public Traffic(Service service, Service.Trouble trouble, long seed) {
        this(service, trouble, new Chance(seed), 0);
    }

    private Traffic(Service service, Service.Trouble trouble, Chance chance, double clock) {
        this.service = service;
        this.trouble = trouble;
        this.chance = chance;
        this.clock = clock;
    }

    /** The same traffic, from now on with a canary that is this bad. */
    public Traffic breaking(double share) {
        return new Traffic(service.withCanary(share), trouble, chance, clock);
    }

    /** The next scrape. */
    public Scrape next() {
        Scrape scrape = counted();
        while (trouble == Service.Trouble.GAPS && chance.uniform() < MISSING) {
            scrape = scrape.plus(counted());
        }
        return scrape;
    }

    private Scrape counted() {
        clock += service.interval();
        double wave = trouble == Service.Trouble.DAY ? Math.sin(2 * Math.PI * clock / DAY) : 0;
        double requests = service.rate() * service.interval() * (1 + 0.8 * wave);
        double harm = 1 + 0.5 * wave;
        return new Scrape(
                Duration.ofMillis(Math.round(1000 * service.interval())),
                side(requests * service.weight(), service.canary() * harm, trouble),
                side(requests * (1 - service.weight()), service.stable() * harm, ofStable()));
    }

    private Service.Trouble ofStable() {
        return trouble == Service.Trouble.CANARY_BURSTS ? Service.Trouble.NONE : trouble;
    }

    private Events side(double requests, double share, Service.Trouble how) {
        long total = chance.poisson(requests);
        return switch (how) {
            case BURSTS, CANARY_BURSTS -> new Events(Math.min(total, chance.bursts(total * share, SPREAD)), total);
            case WOBBLE ->
                new Events(chance.binomial(total, Math.min(1, share * chance.gamma(WOBBLE) / WOBBLE)), total);
            default -> new Events(chance.binomial(total, share), total);
        };
    }
}
