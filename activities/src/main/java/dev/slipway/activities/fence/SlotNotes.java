package dev.slipway.activities.fence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Payloads;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Slipway has written on a slot's Lease, beside who holds it. */
final class SlotNotes {
    static final String CLAIM = "slipway.dev/claim";
    static final String EPOCH = "slipway.dev/epoch";
    /** The run that has closed its claim last. */
    static final String RELEASED = "slipway.dev/released";
    /** Per resource: {@code <stage run> <highest epoch that was about to write>}. */
    static final String USED = "slipway.dev/used-";

    private static final ObjectMapper JSON = Payloads.mapper();

    private final Lease lease;
    private final Map<String, String> notes;

    SlotNotes(Lease lease) {
        this.lease = lease;
        Map<String, String> found = lease.getMetadata().getAnnotations();
        this.notes = found == null ? Map.of() : found;
    }

    /** The open claim. */
    Optional<Claim> claim() {
        String text = notes.get(CLAIM);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(text, Claim.class));
        } catch (JsonProcessingException e) {
            throw FailureType.CONFLICT.failure("the annotation " + CLAIM + " of Lease "
                    + lease.getMetadata().getNamespace() + "/"
                    + lease.getMetadata().getName()
                    + " is not what a stage of this version has written there ("
                    + e.getClass().getSimpleName()
                    + "). Next: see with 'kubectl get lease -o yaml' who changed it, and put it back.");
        }
    }

    /** The highest epoch that was ever given out in the slot. */
    long epoch() {
        return number(notes.get(EPOCH));
    }

    Optional<String> releasedBy() {
        return Optional.ofNullable(notes.get(RELEASED));
    }

    /** The highest epoch under which this run was about to change the resource. */
    long used(String run, Enum<?> resource) {
        String[] words = notes.getOrDefault(used(resource), "").split(" ");
        return words.length == 2 && words[0].equals(run) ? number(words[1]) : 0;
    }

    private static String used(Enum<?> resource) {
        return USED + resource.name().toLowerCase(Locale.ROOT);
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** With the claim open. */
    Lease claimed(Claim claim) {
        try {
            return new LeaseBuilder(lease)
                    .editMetadata()
                    .addToAnnotations(CLAIM, JSON.writeValueAsString(claim))
                    .addToAnnotations(EPOCH, Long.toString(Math.max(epoch(), claim.epoch())))
                    .removeFromAnnotations(RELEASED)
                    .endMetadata()
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a claim is plain data", e);
        }
    }

    /** With the claim closed. */
    Lease released(String run) {
        return new LeaseBuilder(lease)
                .editMetadata()
                .removeFromAnnotations(CLAIM)
                .addToAnnotations(RELEASED, run)
                .endMetadata()
                .build();
    }

    /** With this run about to change the resource under this epoch. */
    LeaseBuilder using(String run, Enum<?> resource, long epoch) {
        return new LeaseBuilder(lease)
                .editMetadata()
                .addToAnnotations(used(resource), run + " " + epoch)
                .addToAnnotations(EPOCH, Long.toString(Math.max(epoch(), epoch)))
                .endMetadata();
    }
}
