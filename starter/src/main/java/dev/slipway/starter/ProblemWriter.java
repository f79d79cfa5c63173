package dev.slipway.starter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a problem where no handler runs. */
@Component
class ProblemWriter {
    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProblemDetail document = refusal.document();
        document.setInstance(URI.create(request.getRequestURI()));
        response.setStatus(refusal.status().value());
        refusal.headers().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.getOutputStream().write(json.writeValueAsBytes(document));
    }
}
