package dev.slipway.activities.watch;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The body of a pod's {@code /metrics}: Prometheus's text format 0.0.4, or OpenMetrics 1.0 for those who know nothing
 * else. All or nothing: half of a body would be taken for the end of the series that are missing.
 */
final class Exposition {
    private static final String PLAIN = "text/plain";
    private static final String OPEN = "application/openmetrics-text";
    private static final String END = "# EOF";

    private Exposition() {}

    /**
     * The values of these metrics; of other lines only the name is read.
     *
     * @throws ScrapeException when it is another format, or a line cannot be read, or the end is missing
     */
    static List<Scraped> read(String contentType, byte[] body, Set<String> metrics) throws ScrapeException {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.equals(PLAIN) && !type.equals(OPEN)) {
            throw new ScrapeException(type.isEmpty() ? "an answer without a content type" : type + " is no metrics");
        }
        String text = new String(body, StandardCharsets.UTF_8);
        boolean isWhole =
                type.equals(OPEN) ? text.stripTrailing().endsWith(END) : text.isEmpty() || text.endsWith("\n");
        if (!isWhole) {
            throw new ScrapeException("the end is missing");
        }
        return lines(text, metrics);
    }

    private static List<Scraped> lines(String text, Set<String> metrics) throws ScrapeException {
        List<Scraped> values = new ArrayList<>();
        int number = 0;
        for (int begin = 0; begin < text.length(); ) {
            int end = text.indexOf('\n', begin);
            end = end < 0 ? text.length() : end;
            number++;
            ExpositionLine line = new ExpositionLine(text, begin, end, number);
            if (line.isValue()) {
                String metric = line.metric();
                if (metrics.contains(metric)) {
                    values.add(new Scraped(metric, line.labels(), line.value()));
                }
            }
            begin = end + 1;
        }
        return values;
    }
}
