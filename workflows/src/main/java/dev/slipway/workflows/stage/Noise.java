package dev.slipway.workflows.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.model.Fact;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What was said to a stage and changed nothing. It is on record, but so much of it and no more, and no longer than it need be:
 * whoever may write into Temporal could fill the release's history, the records and its channel otherwise.
 */
final class Noise {
    /** Facts of one kind; as many as a starter hands on of what it turns away. */
    static final int MOST = 50;

    /** Of a text, in characters; what the starter signs has no longer ones but reasons of people. */
    static final int LONGEST = 1000;

    private final Board board;
    private final Map<Fact.Kind, Integer> heard = new EnumMap<>(Fact.Kind.class);

    Noise(Board board) {
        this.board = board;
    }

    /** Puts it on record; the first that is too many says that there are more, the others say nothing. */
    void note(Fact.Kind kind, String what, Map<String, String> details) {
        int count = heard.merge(kind, 1, Integer::sum);
        if (count > MOST + 1) {
            return;
        }
        if (count > MOST) {
            String why = "there are " + MOST + " such facts of this stage already";
            board.diary().write(kind, "more came and is not on record: " + why, Map.of("why", why));
        } else {
            Map<String, String> cut = new HashMap<>();
            details.forEach((name, text) -> cut.put(name, cut(text)));
            board.diary().write(kind, cut(what), cut);
        }
        board.tell();
    }

    /** Half a character, which a signal may bring and a cut may leave, cannot be written: the stage could not go on. */
    private static String cut(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
        return new String(cut.getBytes(UTF_8), UTF_8);
    }
}
