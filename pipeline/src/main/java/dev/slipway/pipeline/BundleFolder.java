package dev.slipway.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of an unpacked bundle, under the same limits as those of an archive. */
final class BundleFolder {
    private BundleFolder() {}

    static SortedMap<String, byte[]> read(Path folder) throws IOException {
        List<Path> entries;
        try (Stream<Path> walked = Files.walk(folder)) {
            entries = walked.limit(2L * BundlePaths.MOST_FILES + 1)
                    .filter(entry -> !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
        SortedMap<String, byte[]> files = new TreeMap<>();
        long total = 0;
        for (Path entry : entries) {
            String path = path(folder, entry);
            total += Files.size(entry);
            if (files.size() == BundlePaths.MOST_FILES || total > BundlePaths.MOST_BYTES) {
                throw new BundleException("it has more than " + BundlePaths.MOST_FILES + " files or "
                        + BundlePaths.MOST_BYTES + " bytes");
            }
            files.put(path, Files.readAllBytes(entry));
        }
        return files;
    }

    private static String path(Path folder, Path entry) {
        String path = folder.relativize(entry).toString().replace('\\', '/');
        String wrong = BundlePaths.wrong(path);
        if (!wrong.isEmpty()) {
            throw new BundleException(Wording.quote(path) + ": " + wrong);
        }
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException(Wording.quote(path) + " is no plain file");
        }
        return path;
    }
}
