package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.starter.identity.IdentitySettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AddressBookTest {
    private static final AddressBook BOOK = new AddressBook(
            new SlackSettings(
                    null,
                    null,
                    null,
                    null,
                    URI.create("https://slack.com/api/"),
                    "",
                    "",
                    Map.of(),
                    List.of(
                            new SlackSettings.Person("U1", null, "ann", Set.of()),
                            new SlackSettings.Person(null, "bob@example.com", "bob", Set.of()),
                            new SlackSettings.Person(null, "shared@example.com", "cid", Set.of())),
                    List.of(),
                    Duration.ofSeconds(2)),
            new IdentitySettings(
                    "",
                    List.of(),
                    List.of(
                            new IdentitySettings.Person("ann", "", "", "", Set.of("ann@example.com", "ann@home")),
                            new IdentitySettings.Person("dan", "", "", "", Set.of("shared@example.com")))));

    private static List<String> authors(String... said) {
        return BOOK.authors(List.of(said)).names();
    }

    @Test
    void anAddressIsItsPersonsNameInWhateverCase() {
        assertThat(authors("Bob@Example.com")).containsExactly("bob");
        assertThat(authors("ann@HOME", "ann@example.com")).containsExactly("ann");
    }

    @Test
    void aTrailerOfACommitIsThePersonWhoseAddressItHas() {
        assertThat(authors("Bob Builder <bob@example.com>", "<ANN@home>")).containsExactly("bob", "ann");
        assertThat(authors("Eve <eve@example.com>", "Bob <bob@example.com> and more"))
                .containsExactly("Eve <eve@example.com>", "Bob <bob@example.com> and more");
    }

    @Test
    void whoIsNotKnownStaysAsTheyWereNamed() {
        assertThat(authors("eve@example.com", "ann", "ann@example.com.evil.com"))
                .containsExactly("eve@example.com", "ann", "ann@example.com.evil.com");
    }

    @Test
    void anAddressOfTwoPeopleKeepsBothOut() {
        assertThat(authors("shared@example.com")).containsExactly("cid", "dan");
    }
}
