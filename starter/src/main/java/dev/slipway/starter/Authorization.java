package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ServiceName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** The one place that says who may do what. What no grant allows is refused. */
@Component
class Authorization {
    private static final String EVERY = "*";

    private final List<StarterSettings.Grant> grants;

    Authorization(StarterSettings settings) {
        this.grants = settings.grants();
    }

    /**
     * Whether a grant allows it.
     *
     * @param environment empty for what is not done in one environment
     */
    boolean permits(Actor actor, Verb verb, ServiceName service, Optional<EnvironmentName> environment) {
        return granted(
                actor,
                verb,
                grant -> among(grant.services(), service.value())
                        && environment
                                .map(name -> among(grant.environments(), name.value()))
                                .orElse(true));
    }

    /** Whether a grant allows it for any service: for what belongs to none, and before a service is known. */
    boolean permits(Actor actor, Verb verb) {
        return granted(actor, verb, grant -> true);
    }

    /**
     * Goes on when a grant allows it.
     *
     * @throws Refusal 403 not-allowed
     */
    void demand(Actor actor, Verb verb, ServiceName service, Optional<EnvironmentName> environment) {
        if (!permits(actor, verb, service, environment)) {
            String where = environment.map(name -> " in " + name).orElse("");
            throw Refusal.notAllowed(actor + " may not " + word(verb) + " " + service + where);
        }
    }

    /** The verb as the configuration writes it. */
    static String word(Verb verb) {
        return verb.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private boolean granted(Actor actor, Verb verb, Predicate<StarterSettings.Grant> covers) {
        return grants.stream()
                .anyMatch(grant ->
                        actor.groups().contains(grant.group()) && grant.verbs().contains(verb) && covers.test(grant));
    }

    private static boolean among(Set<String> names, String name) {
        return names.contains(EVERY) || names.contains(name);
    }
}
