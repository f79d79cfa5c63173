package dev.slipway.worker;

import dev.slipway.workflows.api.SearchAttributes;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributeKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What must be true before a worker polls: Temporal answers (it is waited for, unless it refuses), and the namespace has
 * all search attributes. A missing one would make every workflow task of a release fail without end.
 */
@Component
class TemporalGate {
    /** The namespace is not as it must be, and waiting will not help; the message says what to do. */
    static final class Closed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Closed(String message) {
            super(message);
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(TemporalGate.class);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int LOG_EVERY = 10;

    private static final Set<Status.Code> FOR_GOOD = Set.of(
            Status.Code.UNIMPLEMENTED,
            Status.Code.PERMISSION_DENIED,
            Status.Code.UNAUTHENTICATED,
            Status.Code.INVALID_ARGUMENT);

    private final Channel channel;
    private final String address;
    private final String namespace;

    @Autowired
    TemporalGate(WorkflowClient client, WorkerSettings settings) {
        // with all that the client says of itself: the raw channel has neither API key nor namespace
        this(client.getWorkflowServiceStubs().blockingStub().getChannel(), settings);
    }

    TemporalGate(Channel channel, WorkerSettings settings) {
        this.channel = channel;
        this.address = settings.temporal().address();
        this.namespace = settings.temporal().namespace();
    }

    /**
     * Waits as long as it takes.
     *
     * @throws Closed when a person has to do something first
     */
    void await() throws InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                describe();
                requireSearchAttributes();
                return;
            } catch (StatusRuntimeException e) {
                if (FOR_GOOD.contains(e.getStatus().getCode())) {
                    throw new Closed("Temporal at " + address + " refuses: " + words(e.getStatus()));
                }
                if (attempt % LOG_EVERY == 0) {
                    LOG.warn("waiting for Temporal at {}: {}", address, words(e.getStatus()));
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN.toMillis());
            }
        }
    }

    private static String words(Status status) {
        String text = status.getDescription() == null
                ? status.getCode().name()
                : status.getCode() + ", " + status.getDescription();
        return status.getCause() == null
                ? text
                : text + ": " + status.getCause().getMessage();
    }

    private void describe() {
        try {
            WorkflowServiceGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .describeNamespace(DescribeNamespaceRequest.newBuilder()
                            .setNamespace(namespace)
                            .build());
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
                throw new Closed("Temporal at " + address + " has no namespace '" + namespace
                        + "': create it (temporal operator namespace create --namespace " + namespace
                        + ") or set slipway.temporal.namespace");
            }
            throw e;
        }
    }

    private void requireSearchAttributes() {
        Map<String, IndexedValueType> known;
        try {
            known = searchAttributes();
        } catch (StatusRuntimeException e) {
            if (e.getStatus().getCode() != Status.Code.PERMISSION_DENIED) {
                throw e;
            }
            // Temporal's own authorizer lets only a namespace's administrators look, and a worker need not be one
            LOG.warn(
                    "nobody has looked whether the namespace '{}' has the search attributes that releases need,"
                            + " as Temporal at {} does not let this worker; look yourself:"
                            + " temporal operator search-attribute list --namespace {}",
                    namespace,
                    address,
                    namespace);
            return;
        }
        List<String> missing = SearchAttributes.ALL.stream()
                .map(SearchAttributeKey::getName)
                .filter(name -> known.get(name) != IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD)
                .toList();
        if (!missing.isEmpty()) {
            throw new Closed(sentence(missing));
        }
    }

    private Map<String, IndexedValueType> searchAttributes() {
        return OperatorServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                        .setNamespace(namespace)
                        .build())
                .getCustomAttributesMap();
    }

    private String sentence(List<String> missing) {
        return "the namespace '" + namespace + "' of Temporal at " + address + " lacks the search attributes "
                + String.join(", ", missing)
                + " (type Keyword); create them:\n  temporal operator search-attribute create"
                + " --address " + address + " --namespace " + namespace
                + missing.stream()
                        .map(name -> " --name " + name + " --type Keyword")
                        .collect(Collectors.joining());
    }
}
