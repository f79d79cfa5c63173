package dev.slipway.audit;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads exported entries and says whether each is what was kept, and follows what it followed. Needs nobody: it believes no
 * database. Several runs may be in one file, in any mixture; each one's facts must be in order.
 */
public final class Verifier {
    private static final int SHOWN = 12;

    private final Map<String, Chain> chains = new LinkedHashMap<>();
    private final Set<String> hashes = new HashSet<>();
    private long line;

    /**
     * The next line of an export; an empty one is passed over.
     *
     * @throws Misfit when it was changed, or something before it is missing or comes twice
     */
    public void read(byte[] json) throws Misfit {
        line++;
        if (new String(json, StandardCharsets.UTF_8).isBlank()) {
            return;
        }
        ObjectNode document = document(json);
        Entry entry = entry(document);
        Chain before = chains.getOrDefault(entry.run(), Chain.begin(entry));
        check(entry, document, before);
        chains.put(entry.run(), before.then(entry));
        hashes.add(entry.hash());
    }

    /** What has been read, whole as far as it goes; in the order of the file. */
    public List<Chain> chains() {
        return List.copyOf(chains.values());
    }

    /** Whether this is the hash of a fact that has been read. */
    public boolean knows(String hash) {
        return hashes.contains(hash);
    }

    private void check(Entry entry, ObjectNode document, Chain before) throws Misfit {
        String fact = name(entry);
        String hash = Entry.hash(document);
        if (!hash.equals(entry.hash())) {
            throw new Misfit(
                    line, fact, "was changed: its hash is " + shown(entry.hash()) + ", its content has " + shown(hash));
        }
        if (entry.number() != before.facts() + 1) {
            throw new Misfit(line, fact, "is not in its place: fact " + (before.facts() + 1) + " should stand here");
        }
        if (!entry.previous().equals(before.head())) {
            throw new Misfit(
                    line,
                    fact,
                    "does not follow the one before: it says " + shown(entry.previous()) + ", that has "
                            + shown(before.head()));
        }
        if (!entry.release().equals(before.release()) || entry.attempt() != before.attempt()) {
            throw new Misfit(line, fact, "is in the run of " + before.release() + " attempt " + before.attempt());
        }
    }

    private ObjectNode document(byte[] json) throws Misfit {
        try {
            if (Canon.read(json) instanceof ObjectNode document) {
                return document;
            }
            throw new Misfit(line, "", "no fact: it is no JSON object");
        } catch (JacksonException e) {
            throw new Misfit(line, after(), "cannot be read: " + e.getOriginalMessage());
        }
    }

    private Entry entry(JsonNode document) throws Misfit {
        try {
            return Canon.as(document, Entry.class);
        } catch (JacksonException e) {
            throw new Misfit(line, named(document), "was changed: it has not the fields of a fact");
        }
    }

    /** What can be said of a line that is no JSON: which one it should be. */
    private String after() {
        Chain[] all = chains.values().toArray(Chain[]::new);
        if (all.length == 0) {
            return "fact 1";
        }
        Chain last = all[all.length - 1];
        return "what follows fact " + last.facts() + " of " + last.release() + " attempt " + last.attempt();
    }

    private static String named(JsonNode document) {
        return "fact " + document.path("number").asString("?") + " of "
                + document.path("release").asString("?");
    }

    private static String name(Entry entry) {
        return "fact " + entry.number() + " of " + entry.release() + " attempt " + entry.attempt() + " (" + entry.kind()
                + " at " + entry.at() + ")";
    }

    private static String shown(String hash) {
        return hash.length() <= SHOWN ? "'" + hash + "'" : hash.substring(0, SHOWN) + "…";
    }
}
