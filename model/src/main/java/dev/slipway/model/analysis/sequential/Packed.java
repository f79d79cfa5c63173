package dev.slipway.model.analysis.sequential;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Base64;

/**
 * Whole numbers, not negative, one after the other: 7 bits a byte, the lowest first, the highest bit set in all but the last.
 * Immutable; but what has a number more shares the bytes of what it came from, so that a long row grows without being copied.
 */
public final class Packed {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private final Room room;
    private final int length;

    private Packed(Room room, int length) {
        this.room = room;
        this.length = length;
    }

    /** Bytes of which only the first are in use; whoever uses those behind must be the first to do so. */
    private static final class Room {
        private byte[] bytes;
        private int used;

        Room(byte[] bytes) {
            this.bytes = bytes;
            this.used = bytes.length;
        }

        void write(long number) {
            long rest = number;
            while (rest >= MORE) {
                write((int) (rest % MORE) + MORE);
                rest /= MORE;
            }
            write((int) rest);
        }

        private void write(int value) {
            if (used == bytes.length) {
                bytes = Arrays.copyOf(bytes, used + used / 4 + 32);
            }
            bytes[used++] = (byte) value;
        }
    }

    /**
     * As they are written in JSON.
     *
     * @throws IllegalArgumentException when it is no base64
     */
    @JsonCreator
    public static Packed of(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return new Packed(new Room(bytes), bytes.length);
    }

    /** Base64. */
    @JsonValue
    public String text() {
        return Base64.getEncoder().encodeToString(bytes());
    }

    /** No numbers yet. */
    static Packed none() {
        return new Packed(new Room(new byte[0]), 0);
    }

    /** With further numbers. */
    Packed plus(long... numbers) {
        synchronized (room) {
            Room to = room.used == length ? room : new Room(bytes());
            for (long number : numbers) {
                to.write(number);
            }
            return new Packed(to, to.used);
        }
    }

    /** Bytes in all. */
    int length() {
        return length;
    }

    /** From the first number on. */
    Reader reader() {
        return new Reader(bytes());
    }

    /** Those that this reader has not read yet. */
    Packed behind(Reader reader) {
        byte[] rest = Arrays.copyOfRange(reader.bytes, reader.at, reader.bytes.length);
        return new Packed(new Room(rest), rest.length);
    }

    private byte[] bytes() {
        synchronized (room) {
            return Arrays.copyOf(room.bytes, length);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packed packed && Arrays.equals(bytes(), packed.bytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes());
    }

    /** Base64, as in JSON. */
    @Override
    public String toString() {
        return text();
    }

    /** Reads the numbers in their order. */
    static final class Reader {
        private final byte[] bytes;
        private int at;

        private Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        long read() {
            long number = 0;
            int shift = 0;
            while (true) {
                int next = bytes[at++] & 0xff;
                number += (long) (next % MORE) << shift;
                if (next < MORE) {
                    return number;
                }
                shift += BITS;
            }
        }

        /** Whether there is another one to read. */
        boolean more() {
            return at < bytes.length;
        }

        /** Bytes that were read. */
        int position() {
            return at;
        }
    }
}
