package dev.slipway.workflows.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.model.Authors;
import dev.slipway.workflows.testing.Plans;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Orders lie in histories for as long as a release takes, and are read by builds of later. */
class ReleaseOrderTest {
    private static final ObjectMapper JSON = Payloads.mapper();

    private final ReleaseOrder order =
            Plans.writtenBy(Plans.order("2.0.0", Map.of(), Plans.rolling("production")), "ann", "bob");

    @Test
    void authorsSurviveTheJourneyAndAnotherAttempt() throws Exception {
        assertThat(JSON.readValue(JSON.writeValueAsString(order), ReleaseOrder.class))
                .isEqualTo(order);
        assertThat(order.as(2, List.of()).authors()).isEqualTo(new Authors(List.of("ann", "bob")));
    }

    @Test
    void anOrderOfBeforeThereWereAuthorsHasNone() throws Exception {
        ObjectNode old = JSON.valueToTree(order);
        old.remove("authors");

        assertThat(JSON.treeToValue(old, ReleaseOrder.class).authors()).isEqualTo(Authors.NONE);
    }
}
