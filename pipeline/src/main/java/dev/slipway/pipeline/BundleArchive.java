package dev.slipway.pipeline;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A bundle as a gzipped tar. What comes in is from a stranger: every limit holds while reading, not after. */
final class BundleArchive {
    private static final int PLAIN_FILE = 0644;
    /** Headers and padding of the most files that a bundle may have, on top of their content. */
    private static final int MOST_UNPACKED = BundlePaths.MOST_BYTES + BundlePaths.MOST_FILES * 4 * 512 + 20 * 512;

    private BundleArchive() {}

    static byte[] write(SortedMap<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (var file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setMode(PLAIN_FILE);
                entry.setModTime(0L);
                entry.setIds(0, 0);
                entry.setNames("", "");
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("in memory", e);
        }
        return bytes.toByteArray();
    }

    static SortedMap<String, byte[]> read(byte[] archive) {
        if (archive.length > BundlePaths.MOST_COMPRESSED) {
            throw new BundleException("the bundle has " + archive.length + " bytes, at most "
                    + BundlePaths.MOST_COMPRESSED + " are taken");
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (InputStream gzip = new GZIPInputStream(new ByteArrayInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new Limited(gzip, MOST_UNPACKED), "UTF-8")) {
            long total = 0;
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                total += entry.getSize();
                check(entry, files, total);
                files.put(entry.getName(), tar.readNBytes((int) entry.getSize()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new BundleException("the bundle is no gzipped tar archive: " + e.getMessage(), e);
        }
        checkWhole(files);
        return files;
    }

    private static void check(TarArchiveEntry entry, SortedMap<String, byte[]> files, long total) {
        String path = entry.getName();
        String shown = Wording.quote(path);
        boolean plain = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink() && !entry.isSparse();
        if (!plain || entry.isDirectory() || entry.isFIFO() || entry.isBlockDevice() || entry.isCharacterDevice()) {
            throw new BundleException(
                    "the bundle's entry " + shown + " is a link, folder or device; only files are taken");
        }
        String wrong = BundlePaths.wrong(path);
        if (!wrong.isEmpty()) {
            throw new BundleException("the bundle's entry " + shown + " is refused: " + wrong);
        }
        if (files.containsKey(path)) {
            throw new BundleException("the bundle has " + shown + " twice");
        }
        if (files.size() >= BundlePaths.MOST_FILES) {
            throw new BundleException("the bundle has more than " + BundlePaths.MOST_FILES + " files");
        }
        if (entry.getSize() < 0 || total > BundlePaths.MOST_BYTES) {
            throw new BundleException("the bundle unpacks to more than " + BundlePaths.MOST_BYTES + " bytes");
        }
    }

    private static void checkWhole(SortedMap<String, byte[]> files) {
        for (String needed : new String[] {Bundle.PIPELINE, Bundle.CHART + "/Chart.yaml"}) {
            if (!files.containsKey(needed)) {
                throw new BundleException("the bundle has no " + needed);
            }
        }
        String both = BundlePaths.fileAndFolder(files.keySet());
        if (!both.isEmpty()) {
            throw new BundleException("the bundle has " + Wording.quote(both) + " as a file and as a folder");
        }
    }

    /** Ends a decompression that does not end by itself. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        Limited(InputStream in, long most) {
            this.in = in;
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new BundleException("the bundle unpacks to more than " + BundlePaths.MOST_BYTES + " bytes");
            }
            return read;
        }
    }
}
