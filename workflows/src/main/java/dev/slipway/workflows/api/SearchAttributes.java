package dev.slipway.workflows.api;

import io.temporal.common.SearchAttributeKey;
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
}
