package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseId;
import dev.slipway.starter.identity.Caller;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Asks {@link Authorization} before every handler, before its body is parsed: for the service when the path names a
 * release, otherwise for any. What Slack signs says only inside who asks: its handler asks for each word of it. Handlers
 * that learn more (service of a bundle, environment of a gate) ask again. A token that is good for one change is used up here,
 * also by a change that its handler refuses then.
 */
@Component
class AccessCheck implements HandlerInterceptor {
    private final Authorization authorization;
    private final UsedTokens used;
    private final Limits limits;

    AccessCheck(Authorization authorization, UsedTokens used, Limits limits) {
        this.limits = limits;
        this.authorization = authorization;
        this.used = used;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        boolean again = request.getDispatcherType() != DispatcherType.REQUEST;
        String path = request.getRequestURI();
        if (again || AuthenticationFilter.OPEN.contains(path) || AuthenticationFilter.SIGNED.equals(path)) {
            return true;
        }
        if (!(handler instanceof HandlerMethod method)) {
            throw Refusal.notFound("there is nothing at this address");
        }
        Requires requires = method.getMethodAnnotation(Requires.class);
        if (requires == null || !(request.getAttribute(AuthenticationFilter.ACTOR) instanceof Actor actor)) {
            throw Refusal.notAllowed("nobody may use this route");
        }
        check(actor, requires.value(), release(request));
        if (requires.value() == Verb.START) {
            // before the token is used up, so that the same request can be sent again
            limits.start(actor);
        }
        if (requires.value().changes() && request.getAttribute(AuthenticationFilter.CALLER) instanceof Caller caller) {
            caller.once().ifPresent(used::use);
        }
        return true;
    }

    private void check(Actor actor, Verb verb, Optional<ReleaseId> release) {
        if (release.isPresent()) {
            authorization.demand(actor, verb, release.get().service(), Optional.empty());
        } else if (!authorization.permits(actor, verb)) {
            throw Refusal.notAllowed(actor + " may not " + Authorization.word(verb) + " anything");
        }
    }

    private static Optional<ReleaseId> release(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables instanceof Map<?, ?> map && map.get("id") instanceof String id) {
            try {
                return Optional.of(ReleaseId.parse(id));
            } catch (IllegalArgumentException e) {
                throw Refusal.malformed(e.getMessage() == null ? "the id is no SERVICE@VERSION" : e.getMessage());
            }
        }
        return Optional.empty();
    }
}
