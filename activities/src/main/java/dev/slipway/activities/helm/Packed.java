package dev.slipway.activities.helm;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/** Counts what is written, compressed. */
final class Packed extends OutputStream {
    private final Counter counter = new Counter();
    private final GZIPOutputStream gzip;

    Packed() throws IOException {
        gzip = new GZIPOutputStream(counter);
    }

    static long sizeOf(byte[] text) {
        try (Packed packed = new Packed()) {
            packed.write(text, 0, text.length);
            return packed.size();
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail", e);
        }
    }

    /** All bytes so far; nothing can be written afterwards. */
    long size() throws IOException {
        gzip.finish();
        return counter.bytes;
    }

    @Override
    public void write(int b) throws IOException {
        gzip.write(b);
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
        gzip.write(b, from, length);
    }

    private static final class Counter extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int from, int length) {
            bytes += length;
        }
    }
}
