package dev.slipway.starter;

import dev.slipway.model.Authors;
import dev.slipway.starter.identity.IdentitySettings;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Who is meant by the address in a commit. Anybody can write any address into a commit, so it is good for keeping somebody out
 * and for nothing else.
 */
@Component
class AddressBook {
    private final SlackSettings slack;
    private final IdentitySettings identity;

    AddressBook(SlackSettings slack, IdentitySettings identity) {
        this.slack = slack;
        this.identity = identity;
    }

    /**
     * The people who are meant; what is nobody's address stays as it was said.
     *
     * @param said addresses and names
     */
    Authors authors(List<String> said) {
        return new Authors(said.stream().flatMap(this::people).distinct().toList());
    }

    /** All whose address it is: settings that give one to two people keep both out. */
    private Stream<String> people(String said) {
        List<String> known = Stream.concat(
                        slack.people().stream()
                                .filter(person -> person.hasAddress(said))
                                .map(SlackSettings.Person::subject),
                        identity.people().stream()
                                .filter(person -> person.hasAddress(said))
                                .map(IdentitySettings.Person::subject))
                .toList();
        return known.isEmpty() ? Stream.of(said) : known.stream();
    }
}
