package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds docs/security.md to its word. */
class SecurityMatrixTest {
    private static final String PAGE = NamedTests.page("docs/security.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (S\\d+) \\|[^|\\n]+\\|([^|\\n]+)\\|$");
    private static final Pattern REASON = Pattern.compile("(Not yet|Out of scope): \\S.{20,}");
    private static final int ROWS = 32;

    /** By row, what defends and which tests show it. */
    private static Map<String, String> rows() {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(PAGE);
        while (row.find()) {
            assertThat(rows.put(row.group(1), row.group(2)))
                    .as("%s twice", row.group(1))
                    .isNull();
        }
        return rows;
    }

    @Test
    void everyAttackHasADefenceWithATestOrAReason() {
        assertThat(rows().keySet())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).mapToObj(i -> "S" + i).toList());
        assertThat(rows()).allSatisfy((row, text) -> {
            boolean reason = REASON.matcher(NamedTests.without(text)).find();
            assertThat(reason || !NamedTests.in(text).isEmpty())
                    .as("%s names a test, or says why there is none", row)
                    .isTrue();
        });
    }

    @Test
    void everyNamedTestExists() {
        List<String> named = rows().values().stream()
                .flatMap(text -> NamedTests.in(text).stream())
                .distinct()
                .toList();
        assertThat(named.stream().filter(test -> !NamedTests.exists(test)))
                .as("tests that are named and do not exist")
                .isEmpty();
        assertThat(named).hasSizeGreaterThan(ROWS);
    }
}
