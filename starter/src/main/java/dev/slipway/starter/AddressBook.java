package dev.slipway.starter;

import dev.slipway.model.Authors;
import dev.slipway.starter.identity.IdentitySettings;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Who is meant by the address in a commit. Anybody can write any address into a commit, so it is good for keeping somebody out
 * and for nothing else.
 */
@Component
class AddressBook {
    /** How git writes a person ({@code git help interpret-trailers}). */
    private static final Pattern TRAILER = Pattern.compile("[^<>]*<\\s*([^<>\\s]+)\\s*>\\s*");

    private final SlackSettings slack;
    private final IdentitySettings identity;

    AddressBook(SlackSettings slack, IdentitySettings identity) {
        this.slack = slack;
        this.identity = identity;
    }

    /**
     * The people who are meant; what is nobody's address stays as it was said.
     *
     * @param said addresses, names, and both as in a commit's trailers, {@code Ann Smith <ann@example.com>}
     */
    Authors authors(List<String> said) {
        return new Authors(said.stream().flatMap(this::people).distinct().toList());
    }

    /** All whose address it is: settings that give one to two people keep both out. */
    private Stream<String> people(String said) {
        String address = address(said);
        List<String> known = Stream.concat(
                        slack.people().stream()
                                .filter(person -> person.hasAddress(address))
                                .map(SlackSettings.Person::subject),
                        identity.people().stream()
                                .filter(person -> person.hasAddress(address))
                                .map(IdentitySettings.Person::subject))
                .toList();
        return known.isEmpty() ? Stream.of(said) : known.stream();
    }

    private static String address(String said) {
        Matcher trailer = TRAILER.matcher(said);
        return trailer.matches() ? trailer.group(1) : said;
    }
}
