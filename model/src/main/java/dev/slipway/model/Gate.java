package dev.slipway.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Something that changes nothing and returns a {@link Verdict}; the stage goes on when it has Passed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Gate.Require.class, name = "require"),
    @JsonSubTypes.Type(value = Gate.Approve.class, name = "approve"),
    @JsonSubTypes.Type(value = Gate.Soak.class, name = "soak"),
    @JsonSubTypes.Type(value = Gate.HttpCheck.class, name = "check.http")
})
public sealed interface Gate {
    /** The gate's name within its stage, unique there; people write {@code ENVIRONMENT/NAME}. */
    String name();

    /** One answer per kind of gate. */
    <T> T accept(Cases<T> cases);

    /** A place for every kind of gate, so that a new kind does not compile until each reader handles it. */
    interface Cases<T> {
        T require(Require gate);

        T approve(Approve gate);

        T soak(Soak gate);

        T httpCheck(HttpCheck gate);
    }

    /**
     * Reports are there and say that the version passed.
     *
     * @param evidence names of reports; of each the one that was handed in last counts
     * @param maxAge how old a report may be; absent when that does not matter
     * @param group whose members' reports count; absent when those of all count who may hand any in
     * @param within how long is waited for what is missing; after that the release is Expired
     */
    record Require(
            String name, List<String> evidence, Optional<Duration> maxAge, Optional<String> group, Duration within)
            implements Gate {
        public Require {
            evidence = List.copyOf(evidence);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.require(this);
        }
    }

    /**
     * People of a group say yes. Neither the requester nor an author counts; one person has one vote; one no is a no.
     *
     * @param votes how many different people, at least 1
     * @param within after that the release is Expired
     */
    record Approve(String name, String group, int votes, Duration within) implements Gate {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.approve(this);
        }
    }

    /**
     * The new version proves healthy for a time; only time with fresh evidence counts.
     *
     * @param healthyFor how long it must be seen healthy
     * @param atMost after that it is Inconclusive
     * @param rule how the events of its SLOs decide
     * @param minRequests requests without which it does not pass; 0 when it may be idle
     * @param load what sends requests meanwhile, absent when users do
     */
    record Soak(
            String name,
            Duration healthyFor,
            Duration atMost,
            List<Slo> slos,
            Rule rule,
            long minRequests,
            Optional<LoadPlan> load)
            implements Gate {
        /** A plan that was written before a rule or a load could be said means the default. */
        public Soak {
            slos = List.copyOf(slos);
            rule = rule == null ? Rule.DEFAULT : rule;
            load = load == null ? Optional.empty() : load;
        }

        /** Users send the requests. */
        public Soak(String name, Duration healthyFor, Duration atMost, List<Slo> slos, Rule rule, long minRequests) {
            this(name, healthyFor, atMost, slos, rule, minRequests, Optional.empty());
        }

        /** Judged as soon as the evidence allows. */
        public Soak(String name, Duration healthyFor, Duration atMost, List<Slo> slos, long minRequests) {
            this(name, healthyFor, atMost, slos, Rule.DEFAULT, minRequests);
        }

        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.soak(this);
        }
    }

    /**
     * A request to the new version's own Service is answered as expected.
     *
     * @param method GET or POST
     * @param path begins with a slash
     * @param body sent as JSON when present
     * @param expectStatus the HTTP status of a good answer
     * @param contains text that a good answer contains
     * @param within it is tried again until then
     */
    record HttpCheck(
            String name,
            String method,
            String path,
            Optional<String> body,
            int expectStatus,
            Optional<String> contains,
            Duration within)
            implements Gate {
        @Override
        public <T> T accept(Cases<T> cases) {
            return cases.httpCheck(this);
        }
    }
}
