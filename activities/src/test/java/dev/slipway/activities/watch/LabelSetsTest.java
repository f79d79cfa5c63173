package dev.slipway.activities.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LabelSetsTest {
    private static final JsonFactory JSON = new JsonFactory();
    private final LabelSets sets = new LabelSets();

    @Test
    void whatIsTheSameIsTheSameObjectInEveryAnswer() throws Exception {
        List<Map<String, String>> first = read(pod("a"), pod("b"), pod("c"));

        assertThat(first)
                .containsExactly(
                        Map.of("pod", "a", "job", "pods"),
                        Map.of("pod", "b", "job", "pods"),
                        Map.of("pod", "c", "job", "pods"));
        List<Map<String, String>> second = read(pod("a"), pod("b"), pod("c"));
        for (int i = 0; i < 3; i++) {
            assertThat(second.get(i)).isSameAs(first.get(i));
        }
    }

    @Test
    void whatIsPartOfALongerAnswerIsTheSameObjectThereToo() throws Exception {
        List<Map<String, String>> all = read(pod("a"), pod("b"), pod("c"), pod("d"));
        for (int i = 0; i < 3; i++) {
            List<Map<String, String>> part = read(pod("a"), pod("c"));
            assertThat(part.get(1)).isSameAs(all.get(2));
            assertThat(read(pod("a"), pod("b"), pod("c"), pod("d")).get(1)).isSameAs(all.get(1));
        }
    }

    @Test
    void whatIsReadIsWhatIsWrittenWhateverWasWrittenBefore() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            List<Map<String, String>> written = new ArrayList<>();
            List<String> texts = new ArrayList<>();
            for (int series = random.nextInt(5); series >= 0; series--) {
                Map<String, String> labels = new TreeMap<>();
                for (int label = random.nextInt(4); label > 0; label--) {
                    labels.put("l" + random.nextInt(3), "vö\\\"".repeat(random.nextInt(2)) + random.nextInt(3));
                }
                written.add(labels);
                texts.add(json(labels));
            }

            assertThat(read(texts.toArray(String[]::new))).isEqualTo(written);
            if (random.nextInt(50) == 0) {
                sets.age();
            }
        }
    }

    @Test
    void whatNoAnswerHasHadForAWholeGenerationIsForgotten() throws Exception {
        Map<String, String> seen = read(pod("a")).get(0);
        Map<String, String> gone = read(pod("b")).get(0);
        sets.age();
        assertThat(read(pod("a")).get(0)).isSameAs(seen);
        sets.age();

        assertThat(read(pod("a")).get(0)).isSameAs(seen);
        assertThat(read(pod("b")).get(0)).isEqualTo(gone).isNotSameAs(gone);
    }

    @Test
    void whatComesInTheSameOrderInEveryGenerationIsKept() throws Exception {
        List<Map<String, String>> first = read(pod("a"), pod("b"));
        for (int i = 0; i < 3; i++) {
            sets.age();
            assertThat(read(pod("a"), pod("b")).get(1)).isSameAs(first.get(1));
        }
        sets.age();

        assertThat(read(pod("b")).get(0)).isSameAs(first.get(1));
    }

    private static String pod(String name) {
        return "{\"pod\":\"" + name + "\",\"job\":\"pods\"}";
    }

    private static String json(Map<String, String> labels) {
        StringBuilder json = new StringBuilder("{");
        labels.forEach((name, value) -> json.append(json.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append('"'));
        return json.append('}').toString();
    }

    private List<Map<String, String>> read(String... series) throws Exception {
        LabelSets.Answer answer = sets.answer();
        List<Map<String, String>> labels = new ArrayList<>();
        for (String one : series) {
            try (JsonParser json = JSON.createParser(one.getBytes(StandardCharsets.UTF_8))) {
                json.nextToken();
                labels.add(answer.read(json).labels());
                assertThat(json.currentToken()).isEqualTo(JsonToken.END_OBJECT);
            }
        }
        return labels;
    }
}
