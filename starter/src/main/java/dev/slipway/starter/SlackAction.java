package dev.slipway.starter;

import dev.slipway.workflows.api.Decision;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be clicked in a message of ours; whatever else Slack sends is left alone. */
enum SlackAction {
    APPROVE("release.approve", Decision.Choice.APPROVE),
    REJECT("release.reject", Decision.Choice.REJECT);

    /** The action's id in the message. */
    final String id;

    final Decision.Choice choice;

    SlackAction(String id, Decision.Choice choice) {
        this.id = id;
        this.choice = choice;
    }

    static Optional<SlackAction> of(String id) {
        return Stream.of(values()).filter(action -> action.id.equals(id)).findFirst();
    }
}
