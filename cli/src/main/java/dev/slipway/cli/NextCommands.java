package dev.slipway.cli;

import dev.slipway.model.ReleaseView;
import java.util.List;
import java.util.Optional;

/** What a person can do about a release as it stands, as commands to copy. */
final class NextCommands {
    private NextCommands() {}

    static List<String> of(ReleaseView view) {
        String id = SafeText.line(view.release().toString());
        return switch (view.phase()) {
            case WAITING ->
                view.waitingFor().startsWith("evidence ")
                        ? List.of("slipway attest " + id + " --evidence FILE", "slipway abort " + id)
                        : gate(view)
                                .map(gate -> List.of(
                                        "slipway approve " + id + " --gate " + gate,
                                        "slipway reject " + id + " --gate " + gate + " --reason TEXT"))
                                .orElse(List.of());
            case PAUSED -> List.of("slipway resume " + id);
            case HOLDING ->
                view.waitingFor().equals("resume")
                        ? List.of("slipway resume " + id, "slipway abort " + id)
                        : List.of("slipway abort " + id);
            case STUCK -> stuck(id);
            default -> List.of();
        };
    }

    /** The open gate {@code ENVIRONMENT/NAME}, when the release waits at one. */
    static Optional<String> gate(ReleaseView view) {
        String waiting = SafeText.line(view.waitingFor());
        return waiting.matches("[a-z0-9-]+/\\S+") ? Optional.of(waiting) : Optional.empty();
    }

    /** The ways out when an undo is not complete. */
    static List<String> stuck(String id) {
        return List.of("slipway retry-undo " + id, "slipway accept-as-is " + id + " --reason TEXT");
    }
}
