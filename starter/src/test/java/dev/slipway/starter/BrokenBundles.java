package dev.slipway.starter;

import dev.slipway.pipeline.Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Bundles that no packer of ours would make. */
final class BrokenBundles {
    private BrokenBundles() {}

    /** The same archive with other content in one file. */
    static byte[] with(byte[] archive, String path, String content) {
        Bundle bundle = Bundle.read(archive);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (String file : bundle.paths()) {
                byte[] written = file.equals(path)
                        ? content.getBytes(StandardCharsets.UTF_8)
                        : bundle.file(file).orElseThrow();
                TarArchiveEntry entry = new TarArchiveEntry(file);
                entry.setSize(written.length);
                tar.putArchiveEntry(entry);
                tar.write(written);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
