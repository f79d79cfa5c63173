package dev.slipway.activities.fence;

import dev.slipway.activities.kubernetes.ApiFailure;
import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Stamp;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The Lease {@code slipway-<service>} of one slot. Each write is a compare and swap of the whole object. */
final class SlotLease {
    private static final String PREFIX = "slipway-";
    /** A renewal every few seconds and a claim now and then collide at most once or twice. */
    private static final int TRIES = 10;

    private final KubernetesClient client;
    private final Stamp stamp;
    private final String namespace;

    SlotLease(KubernetesClient client, Stamp stamp, String namespace) {
        this.client = client;
        this.stamp = stamp;
        this.namespace = namespace;
    }

    static String nameOf(Stamp stamp) {
        return PREFIX + stamp.release().service();
    }

    /** For people: {@code Lease production/slipway-podinfo}. */
    String words() {
        return "Lease " + namespace + "/" + nameOf(stamp);
    }

    Optional<Lease> read() {
        return called(
                "reading",
                () -> Optional.ofNullable(client.leases()
                        .inNamespace(namespace)
                        .withName(nameOf(stamp))
                        .get()));
    }

    /** A new one, not yet in the cluster; its first write fails when somebody else was faster. */
    Lease blank() {
        EnvironmentName environment = stamp.environment();
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(nameOf(stamp))
                .addToLabels("app.kubernetes.io/managed-by", "slipway")
                .addToLabels("slipway.dev/environment", environment.value())
                .addToLabels("slipway.dev/service", stamp.release().service().value())
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
    }

    /** Writes it if nobody has written since it was read; empty when somebody has. */
    Optional<Lease> swap(Lease changed) {
        boolean made = changed.getMetadata().getResourceVersion() == null;
        try {
            var resource = client.leases().inNamespace(namespace).resource(changed);
            return Optional.of(made ? resource.create() : resource.update());
        } catch (KubernetesClientException e) {
            // not found: it was deleted since
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || !made && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return Optional.empty();
            }
            throw ApiFailure.of("writing " + words(), e);
        }
    }

    /**
     * Reads, changes and writes until nobody comes between.
     *
     * @param change what to write instead of what was found; the same object when nothing is to be written
     */
    Lease change(UnaryOperator<Lease> change) {
        for (int i = 0; i < TRIES; i++) {
            Lease found = read().orElseGet(this::blank);
            Lease wanted = change.apply(found);
            if (wanted == found) {
                return found;
            }
            Optional<Lease> written = swap(wanted);
            if (written.isPresent()) {
                return written.get();
            }
        }
        throw FailureType.UNREACHABLE.failure(
                words() + " was changed by others " + TRIES + " times while it was being written; it is tried again");
    }

    private <T> T called(String doing, Supplier<T> call) {
        return ApiFailure.classified(doing + " " + words(), call);
    }
}
