package dev.slipway.starter;

import dev.slipway.model.Actor;
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

    private final Tokens tokens;
    private final ProblemWriter problems;
    private final boolean signed;

    AuthenticationFilter(Tokens tokens, ProblemWriter problems, SlackSettings slack) {
        this.signed = slack.heard();
        this.tokens = tokens;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return OPEN.contains(request.getRequestURI()) || signed && SIGNED.equals(request.getRequestURI());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String header = Optional.ofNullable(request.getHeader(HttpHeaders.AUTHORIZATION))
                .orElse("");
        boolean bearer = header.toLowerCase(Locale.ROOT).startsWith(BEARER);
        Optional<Actor> actor =
                bearer ? tokens.actor(header.substring(BEARER.length()).trim()) : Optional.empty();
        if (actor.isEmpty()) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(Refusal.notAuthenticated(bearer), request, response);
            return;
        }
        request.setAttribute(ACTOR, actor.get());
        chain.doFilter(request, response);
    }
}
