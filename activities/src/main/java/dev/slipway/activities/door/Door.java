package dev.slipway.activities.door;

import dev.slipway.activities.fence.Refusal;
import dev.slipway.activities.fence.WriteRight;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The way to the API server for one call of helm. Its address is its secret: client-go sends no credentials over plain
 * HTTP, so there is nothing else to know it by.
 */
public final class Door implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 16;

    private final Doors doors;
    private final String key;
    private final WriteRight right;
    private final Set<Closeable> passing = ConcurrentHashMap.newKeySet();
    private volatile Optional<Refusal> refused = Optional.empty();
    private volatile boolean closed;

    Door(Doors doors, WriteRight right) {
        byte[] random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        this.doors = doors;
        this.key = HexFormat.of().formatHex(random);
        this.right = right;
    }

    /** What stands in helm's kubeconfig as the cluster's address. */
    public URI address() {
        return URI.create("http://" + Doors.HOST + ":" + doors.port() + "/" + key);
    }

    /** The last write that was refused because the right was over or could not be renewed in time. */
    public Optional<Refusal> refused() {
        return refused;
    }

    /** In a time that does not tell how much of it is right. */
    boolean has(String given) {
        return MessageDigest.isEqual(
                key.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.US_ASCII));
    }

    /** Why this request may not pass right now; empty when it may. Asked at the last moment. */
    Optional<Refusal> refusal(boolean writes) {
        if (closed) {
            return Optional.of(new Refusal(Refusal.Kind.LOST, "this call of helm is over"));
        }
        if (!writes) {
            return Optional.empty();
        }
        Optional<Refusal> refusal = right.refusal();
        if (refusal.isPresent() && refusal.get().kind() != Refusal.Kind.READ_ONLY) {
            refused = refusal;
        }
        return refusal;
    }

    /** Takes care that this ends with the door. */
    void passes(Closeable what) throws IOException {
        passing.add(what);
        if (closed) {
            what.close();
        }
    }

    /** It has ended by itself. */
    void passed(Closeable what) {
        passing.remove(what);
    }

    /** From now on nothing passes any more, and what is passing is cut off. */
    @Override
    public void close() {
        closed = true;
        doors.remove(this);
        for (Closeable what : passing) {
            try {
                what.close();
            } catch (IOException e) {
                // it is closed or it never was open
            }
        }
    }
}
