package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.workflows.api.SearchAttributes;
import io.grpc.Status;
import io.temporal.api.enums.v1.IndexedValueType;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TemporalGateTest {
    private FakeTemporal temporal;
    private TemporalGate gate;

    @BeforeEach
    void open() throws IOException {
        temporal = new FakeTemporal();
        gate = new TemporalGate(temporal.channel(), Settings.control(FakeTemporal.NAMESPACE));
    }

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void aNamespaceWithoutTheSearchAttributesIsRefusedWithTheCommandThatMakesThem() {
        temporal.has("SlipwayService", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        temporal.has("SlipwayPhase", IndexedValueType.INDEXED_VALUE_TYPE_TEXT);

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
        complete();

        assertThatCode(gate::await).doesNotThrowAnyException();
    }

    @Test
    void aTemporalThatDoesNotAnswerYetIsWaitedFor() {
        complete();
        temporal.fails(Status.UNAVAILABLE);

        assertThatCode(gate::await).doesNotThrowAnyException();
    }

    @Test
    void aTemporalThatRefusesIsNotWaitedFor() {
        temporal.fails(Status.PERMISSION_DENIED.withDescription("no such key"));

        assertThatThrownBy(gate::await)
                .isInstanceOf(TemporalGate.Closed.class)
                .hasMessageContaining("refuses: PERMISSION_DENIED, no such key");
    }

    @Test
    void aTemporalThatLetsNoWorkerLookAtSearchAttributesIsTakenAtItsWord() {
        temporal.closeSearchAttributes();

        assertThatCode(gate::await).doesNotThrowAnyException();
    }

    @Test
    void itAsksWithAllThatTheClientSaysOfItself() throws InterruptedException {
        complete();

        new TemporalGate(temporal.client(), Settings.control(FakeTemporal.NAMESPACE)).await();

        assertThat(temporal.named()).contains("DescribeNamespace default", "ListSearchAttributes default");
    }

    @Test
    void aNamespaceThatIsNotThereIsNamed() {
        TemporalGate other = new TemporalGate(temporal.channel(), Settings.control("other"));

        assertThatThrownBy(other::await).hasMessageContaining("has no namespace 'other': create it");
    }

    private void complete() {
        SearchAttributes.ALL.forEach(key -> temporal.has(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    }
}
