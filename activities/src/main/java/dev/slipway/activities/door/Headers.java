package dev.slipway.activities.door;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which headers pass. */
final class Headers {
    /** Of one connection only, or written by whoever sends. */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "host",
            "content-length",
            "expect");

    private Headers() {}

    /** What helm may say to the API server: not who it is, because it is the worker. */
    static Map<String, List<String>> towards(Map<String, List<String>> given) {
        Map<String, List<String>> passing = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        given.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!OF_THE_CONNECTION.contains(lower)
                    && !lower.equals("authorization")
                    && !lower.startsWith("impersonate-")) {
                passing.put(name, values);
            }
        });
        return passing;
    }

    /** What the API server may say to helm. */
    static void back(HttpHeaders given, com.sun.net.httpserver.Headers answer) {
        given.map().forEach((name, values) -> {
            if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                answer.put(name, values);
            }
        });
    }

    /** As the JDK's server wants it: -1 for no body, 0 for one whose length is not known. */
    static long length(String method, HttpResponse<?> answer) {
        boolean bodiless = method.equals("HEAD") || answer.statusCode() == 204 || answer.statusCode() == 304;
        long length = answer.headers().firstValueAsLong("content-length").orElse(0);
        boolean empty = answer.headers()
                .firstValue("content-length")
                .filter("0"::equals)
                .isPresent();
        return bodiless || empty ? -1 : length;
    }
}
