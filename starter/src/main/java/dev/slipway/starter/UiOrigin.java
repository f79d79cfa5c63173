package dev.slipway.starter;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/**
 * Lets pages of the Temporal UI, as {@code slipway.starter.temporal.ui} names it, and of no other origin, ask the codec.
 * It stands before the authentication, as browsers ask first without a token; it opens nothing by itself, and no cookie
 * counts.
 */
@Configuration(proxyBeanMethods = false)
class UiOrigin {
    private static final Pattern ORIGIN = Pattern.compile("(https?://[^/{}]+)(/.*)?");
    /** The second token is what the UI sends beside the first where it logs people in. */
    private static final List<String> HEADERS =
            List.of(HttpHeaders.AUTHORIZATION, "Authorization-Extras", HttpHeaders.CONTENT_TYPE, "X-Namespace");

    @Bean
    FilterRegistrationBean<CorsFilter> codecCors(StarterSettings settings) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(of(settings.temporal().ui()).stream().toList());
        allowed.setAllowedMethods(List.of("POST"));
        allowed.setAllowedHeaders(HEADERS);
        allowed.setMaxAge(Duration.ofMinutes(10));
        UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
        paths.registerCorsConfiguration(CodecController.PATH + "/**", allowed);
        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(new CorsFilter(paths));
        filter.addUrlPatterns(CodecController.PATH + "/*");
        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return filter;
    }

    /** Scheme, host and port of the UI; empty when no address of it was given. */
    static Optional<String> of(String ui) {
        Matcher origin = ORIGIN.matcher(ui);
        return origin.matches() ? Optional.of(origin.group(1)) : Optional.empty();
    }
}
