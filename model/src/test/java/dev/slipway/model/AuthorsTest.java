package dev.slipway.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthorsTest {
    @Test
    void areTheSameInWhateverCase() {
        Authors authors = new Authors(List.of("Ann", "bob@Example.com"));

        assertThat(authors.include("ann")).isTrue();
        assertThat(authors.include("BOB@example.com")).isTrue();
        assertThat(authors.include("bob")).isFalse();
        assertThat(Authors.NONE.include("")).isFalse();
    }

    @Test
    void ofManyTheFirstAreShown() {
        assertThat(new Authors(List.of("a", "b"))).hasToString("a, b");
        assertThat(new Authors(List.of("a", "b", "c", "d", "e", "f", "g"))).hasToString("a, b, c, d, e and 2 more");
    }

    @Test
    void areAListInJson() throws Exception {
        ObjectMapper json = new ObjectMapper();

        assertThat(json.writeValueAsString(new Authors(List.of("a", "b")))).isEqualTo("[\"a\",\"b\"]");
        assertThat(json.readValue("[\"a\",\"b\"]", Authors.class)).isEqualTo(new Authors(List.of("a", "b")));
    }
}
