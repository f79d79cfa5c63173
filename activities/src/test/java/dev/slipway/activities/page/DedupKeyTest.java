package dev.slipway.activities.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DedupKeyTest {
    @Test
    void isTheIdOfThePageAsLongAsThatFits() {
        String longest = "p".repeat(255);

        assertThat(DedupKey.of("page:podinfo@2.0.0:stuck")).isEqualTo("page:podinfo@2.0.0:stuck");
        assertThat(DedupKey.of(longest)).isEqualTo(longest);
    }

    @Test
    void tellsLongIdsApartThatBeginAlikeAndIsTheSameEachTime() {
        String begin = "page:" + "s".repeat(300);

        assertThat(DedupKey.of(begin + ":stuck")).hasSize(255).startsWith("page:sss");
        assertThat(DedupKey.of(begin + ":stuck")).isEqualTo(DedupKey.of(begin + ":stuck"));
        assertThat(DedupKey.of(begin + ":stuck")).isNotEqualTo(DedupKey.of(begin + ":blind"));
    }
}
