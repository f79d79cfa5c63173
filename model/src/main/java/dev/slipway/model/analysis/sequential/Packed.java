package dev.slipway.model.analysis.sequential;

import java.util.Arrays;

/** Whole numbers, not negative, written one after the other: 7 bits a byte, the lowest first, the highest bit set in all but the last. */
final class Packed {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private byte[] bytes;
    private int length;
    private int at;

    /** Those that are written already; reading begins with the first of them. */
    Packed(byte[] written) {
        bytes = written.clone();
        length = written.length;
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
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length + 16);
        }
        bytes[length++] = (byte) value;
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
        return at < length;
    }

    /** Bytes that were read. */
    int position() {
        return at;
    }

    /** Bytes in all. */
    int length() {
        return length;
    }

    /** Those that were not read. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, at, length);
    }
}
