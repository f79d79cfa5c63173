package dev.slipway.activities.check;

import dev.slipway.model.Evidence;
import dev.slipway.model.Gate;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Check;
import dev.slipway.workflows.api.CheckOrder;
import dev.slipway.workflows.api.FailureType;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.temporal.activity.Activity;
import io.temporal.client.ActivityWorkerShutdownException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The port {@link Check}: requests to the Service of one side. Needs get on Services of the namespace. */
public final class CheckActivities implements Check {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final ServiceAddress addresses;
    private final Duration between;
    private final Consumer<String> heartbeat;
    private final HttpTry http = new HttpTry();

    /** Reads Services with the rights of the client; sends the requests from this process. */
    public CheckActivities(KubernetesClient client) {
        this(client, BETWEEN, CheckActivities::heartbeat);
    }

    CheckActivities(KubernetesClient client, Duration between, Consumer<String> heartbeat) {
        this.addresses = new ServiceAddress(client);
        this.between = between;
        this.heartbeat = heartbeat;
    }

    /** One request at least; the last one starts before the gate's time is over. */
    @Override
    public Verdict http(CheckOrder order) {
        Gate.HttpCheck gate = order.gate();
        long start = System.nanoTime();
        String what = gate.method() + " " + gate.path() + " of " + order.backend();
        int tries = 0;
        while (true) {
            tries++;
            String got;
            try {
                URI uri = addresses.of(order.target().namespace(), order.backend(), gate.path());
                Answer answer = http.send(gate, uri);
                if (answer.isExpectedBy(gate)) {
                    return new Verdict.Passed(
                            "",
                            List.of(Evidence.of(
                                    "http",
                                    what + ": " + answer + " in "
                                            + answer.took().toMillis() + " ms")));
                }
                got = answer.toString();
            } catch (IOException e) {
                got = String.valueOf(e.getMessage());
            } catch (InterruptedException e) {
                throw stopped();
            }
            heartbeat.accept(what + ": " + got);
            if (System.nanoTime() - start + between.toNanos() >= gate.within().toNanos()) {
                return failed(gate, what, got, tries);
            }
            pause();
        }
    }

    private static Verdict failed(Gate.HttpCheck gate, String what, String got, int tries) {
        String contains = Optional.of(gate)
                .flatMap(Gate.HttpCheck::contains)
                .map(c -> " containing '" + c + "'")
                .orElse("");
        String reason = what + " was to be answered with status " + gate.expectStatus() + contains + "; the last of "
                + tries + (tries == 1 ? " try" : " tries") + " gave " + got;
        return new Verdict.Failed(reason, List.of(Evidence.of("http", what + ": " + got)));
    }

    private void pause() {
        try {
            Thread.sleep(between.toMillis());
        } catch (InterruptedException e) {
            throw stopped();
        }
    }

    private static RuntimeException stopped() {
        Thread.currentThread().interrupt();
        return FailureType.DRAINING.failure("the worker stops; another one checks again");
    }

    private static void heartbeat(String seen) {
        try {
            Activity.getExecutionContext().heartbeat(seen);
        } catch (ActivityWorkerShutdownException e) {
            throw FailureType.DRAINING.failure("the worker is draining; another one checks again");
        }
    }
}
