package dev.slipway.workflows.api;

import dev.slipway.model.Phase;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributeUpdate;
import java.util.List;

/** The search attributes of Release and Stage; each must exist in the namespace before a worker polls. */
public final class SearchAttributes {
    public static final SearchAttributeKey<String> SERVICE = SearchAttributeKey.forKeyword("SlipwayService");
    public static final SearchAttributeKey<String> VERSION = SearchAttributeKey.forKeyword("SlipwayVersion");
    public static final SearchAttributeKey<String> ENVIRONMENT = SearchAttributeKey.forKeyword("SlipwayEnvironment");
    public static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("SlipwayPhase");
    public static final SearchAttributeKey<String> WAITING_FOR = SearchAttributeKey.forKeyword("SlipwayWaitingFor");
    public static final SearchAttributeKey<String> OUTCOME = SearchAttributeKey.forKeyword("SlipwayOutcome");

    /** All of them. */
    public static final List<SearchAttributeKey<String>> ALL =
            List.of(SERVICE, VERSION, ENVIRONMENT, PHASE, WAITING_FOR, OUTCOME);

    private SearchAttributes() {}

    /**
     * What to upsert when the phase changed.
     *
     * @param waitingFor empty when it waits for nothing
     */
    public static SearchAttributeUpdate<?>[] moved(Phase phase, String waitingFor) {
        return new SearchAttributeUpdate<?>[] {
            PHASE.valueSet(phase.name()),
            waitingFor.isEmpty() ? WAITING_FOR.valueUnset() : WAITING_FOR.valueSet(waitingFor)
        };
    }
}
