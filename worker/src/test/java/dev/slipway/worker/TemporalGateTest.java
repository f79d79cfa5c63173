package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.workflows.api.SearchAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.testing.TestWorkflowEnvironment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TemporalGateTest {
    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
    private final TemporalGate gate =
            new TemporalGate(temporal.getWorkflowServiceStubs(), Settings.control(temporal.getNamespace()));

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void aNamespaceWithoutTheSearchAttributesIsRefusedWithTheCommandThatMakesThem() {
        temporal.registerSearchAttribute("SlipwayService", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);

        assertThatThrownBy(gate::await)
                .isInstanceOf(TemporalGate.Closed.class)
                .hasMessageContaining("lacks the search attributes SlipwayVersion, SlipwayEnvironment, SlipwayPhase,"
                        + " SlipwayWaitingFor, SlipwayOutcome (type Keyword)")
                .hasMessageContaining("temporal operator search-attribute create")
                .hasMessageContaining("--name SlipwayOutcome --type Keyword")
                .hasMessageNotContaining("--name SlipwayService ");
    }

    @Test
    void aCompleteNamespaceIsLetThrough() {
        SearchAttributes.ALL.forEach(
                key -> temporal.registerSearchAttribute(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));

        assertThatCode(gate::await).doesNotThrowAnyException();
    }
}
