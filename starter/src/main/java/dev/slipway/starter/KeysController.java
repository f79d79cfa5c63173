package dev.slipway.starter;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What decisions are checked with: public halves alone, for whoever brings them to a worker. */
@RestController
@RequestMapping("/api/v1")
class KeysController {
    private final DecisionKey key;

    KeysController(DecisionKey key) {
        this.key = key;
    }

    /** A list, for the day when a starter has more than the one it signs with. */
    record Shown(List<PublicHalf> keys) {}

    /**
     * One key.
     *
     * @param pem SPKI, as {@code openssl pkey -pubout} writes it
     * @param signs whether decisions are signed with it now
     */
    record PublicHalf(String id, String pem, boolean signs) {}

    @GetMapping("/keys")
    @Requires(Verb.READ)
    Shown keys() {
        return new Shown(List.of(new PublicHalf(key.id(), key.pem(), true)));
    }
}
