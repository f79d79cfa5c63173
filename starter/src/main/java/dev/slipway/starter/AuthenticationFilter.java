package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.starter.identity.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Who asks, before anything of the request is parsed. Bearer tokens only: no cookie, so no forged form counts. */
@Component
@Order(AuthenticationFilter.ORDER)
class AuthenticationFilter extends OncePerRequestFilter {
    /** The first of all, but for {@link UiOrigin}, which reads nothing. */
    static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 1;

    /** The request attribute with the {@link Actor}. */
    static final String ACTOR = "slipway.actor";

    /** The request attribute with the {@link Caller}. */
    static final String CALLER = "slipway.caller";

    /** What needs no token, as sent: another spelling of a path needs one. */
    static final Set<String> OPEN = Set.of(
            "/actuator/health",
            "/actuator/health/liveness",
            "/actuator/health/readiness",
            "/actuator/prometheus",
            "/openapi.json");

    /** What Slack signs instead, when it is heard at all: its handler looks at the signature before anything else. */
    static final String SIGNED = "/slack/events";

    private static final String BEARER = "bearer ";

    private final Callers callers;
    private final ProblemWriter problems;
    private final Limits limits;
    private final boolean signed;

    AuthenticationFilter(Callers callers, ProblemWriter problems, Limits limits, SlackSettings slack) {
        this.limits = limits;
        this.signed = slack.signed();
        this.callers = callers;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return OPEN.contains(request.getRequestURI()) || signed && SIGNED.equals(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller;
        try {
            caller = caller(request);
        } catch (Refusal refusal) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(failed(refusal, request), request, response);
            return;
        }
        try {
            limits.request(caller.actor());
        } catch (Refusal refusal) {
            problems.write(refusal, request, response);
            return;
        }
        request.setAttribute(CALLER, caller);
        request.setAttribute(ACTOR, caller.actor());
        chain.doFilter(request, response);
    }

    /** Whoever shows a good token is let in whatever others do at the same address, such as that of a proxy. */
    private Refusal failed(Refusal refusal, HttpServletRequest request) {
        if (refusal.status().is4xxClientError()) {
            try {
                limits.failure(request.getRemoteAddr());
            } catch (Refusal tooMany) {
                return tooMany;
            }
        }
        return refusal;
    }

    private Caller caller(HttpServletRequest request) {
        String header = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw Refusal.notAuthenticated(false);
        }
        return callers.of(header.substring(BEARER.length()).trim());
    }
}
