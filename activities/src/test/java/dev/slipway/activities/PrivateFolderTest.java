package dev.slipway.activities;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
    private static final String PREFIX = "slipway-test-";

    @TempDir
    Path parent;

    @Test
    void isForNobodyElseAndGoneWithAllThatIsInItWhenItIsClosed() throws IOException {
        PrivateFolder folder = PrivateFolder.create(parent, PREFIX);
        Files.writeString(Files.createDirectories(folder.path().resolve("a/b")).resolve("c"), "c");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                .isEqualTo("rwx------");

        folder.close();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatAProcessThatWasKilledLeftIsRemovedByTheNextAndWhatALivingOneUsesIsNot() throws Exception {
        try (Other killed = new Other(parent);
                Other living = new Other(parent)) {
            Files.writeString(killed.folder.resolve("values.yaml"), "left");
            killed.close();

            try (PrivateFolder first = PrivateFolder.create(parent, PREFIX);
                    PrivateFolder second = PrivateFolder.create(parent, PREFIX);
                    Other later = new Other(parent)) {
                assertThat(killed.folder).doesNotExist();
                assertThat(living.folder).exists();
                assertThat(List.of(first.path(), second.path())).allMatch(Files::exists);
                assertThat(later.folder).exists();
            }
        }
    }

    @Test
    void foldersThatAreNotLikeOursAreNotTouched() throws IOException {
        Path unlocked = Files.createDirectory(parent.resolve(PREFIX + "a"), mode("rwx------"));
        Path open = Files.createDirectory(parent.resolve(PREFIX + "b"), mode("rwxr-xr-x"));
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"), mode("rwx------"));
        Path link = Files.createSymbolicLink(parent.resolve(PREFIX + "c"), elsewhere);
        Files.createFile(open.resolve(".in-use"));
        Files.createFile(elsewhere.resolve(".in-use"));

        PrivateFolder.create(parent, PREFIX).close();

        assertThat(unlocked).exists();
        assertThat(open.resolve(".in-use")).exists();
        assertThat(link).isSymbolicLink();
        assertThat(elsewhere.resolve(".in-use")).exists();
    }

    /** A process that makes a folder and is killed when it is closed. */
    private static final class Other implements AutoCloseable {
        private final Process process;
        private final Path folder;

        Other(Path parent) throws IOException {
            process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElseThrow(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Other.class.getName(),
                            parent.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            folder = Path.of(process.inputReader().lines().reduce((a, b) -> b).orElseThrow());
        }

        public static void main(String[] args) throws InterruptedException {
            System.out.println(PrivateFolder.create(Path.of(args[0]), PREFIX).path());
            System.out.close();
            new CountDownLatch(1).await();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private static FileAttribute<?> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
