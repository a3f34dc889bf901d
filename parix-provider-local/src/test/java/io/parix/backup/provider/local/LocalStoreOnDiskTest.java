package io.parix.backup.provider.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.provider.local.disk.Disk;
import io.parix.backup.provider.local.disk.Disk.Operation;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only files can get wrong. */
class LocalStoreOnDiskTest {
    private static final CallContext CALL =
            new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.PROBE);

    @TempDir
    private Path root;

    private ObjectStore store(Disk disk) {
        return open(disk, Map.of("root", root.toString()));
    }

    private ObjectStore store() {
        return store(new Disk());
    }

    private static ObjectStore open(Disk disk, Map<String, String> settings) {
        return new LocalProvider(disk, InstantSource.system())
                .open(new StorageLocation(LocalProvider.ID, settings, KeyPrefix.ROOT))
                .objects();
    }

    private static void put(ObjectStore store, String key, String text) {
        store.putIfAbsent(
                new ObjectKey(key), ObjectContent.of(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)), CALL);
    }

    private static List<String> keys(ObjectStore store) {
        return store.list(KeyPrefix.ROOT, null, CALL).objects().stream()
                .map(StoredObject::key)
                .map(ObjectKey::value)
                .toList();
    }

    private static void refused(ErrorKind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private List<Path> temporaries() throws IOException {
        Path area = root.resolve(".tmp");
        try (Stream<Path> files = Files.exists(area) ? Files.list(area) : Stream.empty()) {
            return files.toList();
        }
    }

    /** Ends a writer: nothing that it would do afterwards, in a finally clause either, is done. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Test
    @DisplayName(
            "B4 a writer killed before any of its operations leaves nothing or the whole object, and a repetition works")
    void survivesKills() throws IOException {
        int operation = 0;
        boolean died = true;
        while (died) {
            String key = "db/" + operation + "/deep/object";
            int[] left = {operation};
            died = dies(key, new Disk((o, p) -> {
                if (left[0]-- <= 0) {
                    throw new Killed();
                }
            }));
            ObjectStore after = store();
            boolean there = after.stat(new ObjectKey(key), CALL).isPresent();
            if (there) {
                refused(ErrorKind.ALREADY_EXISTS, () -> put(after, key, "whole"));
            } else {
                put(after, key, "whole");
            }
            assertThat(root.resolve(key)).hasContent("whole");
            operation++;
        }
        assertThat(operation).isGreaterThan(8);
        assertThat(keys(store())).hasSize(operation);
    }

    private boolean dies(String key, Disk disk) {
        try {
            put(store(disk), key, "whole");
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    @Test
    @DisplayName("SPI-20 a name is forced to the disk after it is made, and so are those of its new directories")
    void forcesWhatItAnswers() {
        List<String> done = new ArrayList<>();
        put(store(new Disk((o, p) -> done.add(o + " " + root.relativize(p)))), "db/1/object", "x");
        List<String> withoutTemporaries = done.stream()
                .map(step -> step.replaceAll("\\.tmp/put-.*", ".tmp/*"))
                .toList();
        assertThat(withoutTemporaries)
                .containsExactly(
                        "MAKE_DIRECTORY .tmp",
                        "FORCE_DIRECTORY ",
                        "CREATE .tmp/*",
                        "WRITE .tmp/*",
                        "FORCE .tmp/*",
                        "MAKE_DIRECTORY db",
                        "FORCE_DIRECTORY ",
                        "MAKE_DIRECTORY db/1",
                        "FORCE_DIRECTORY db",
                        "LINK db/1/object",
                        "FORCE_DIRECTORY db/1",
                        "UNLINK .tmp/*");
    }

    @Test
    @DisplayName("SPI-60 a deletion is forced to the disk before it is answered, once per directory")
    void forcesDeletions() {
        put(store(), "db/1", "x");
        put(store(), "db/2", "x");
        List<String> done = new ArrayList<>();
        store(new Disk((o, p) -> done.add(o + " " + root.relativize(p))))
                .delete(List.of(new ObjectKey("db/1"), new ObjectKey("db/2")), CALL);
        assertThat(done).containsExactly("UNLINK db/1", "UNLINK db/2", "FORCE_DIRECTORY db");
    }

    @Test
    @DisplayName("SPI-20 where the name may not have reached the disk, the outcome is unknown")
    void saysWhenItCannotTell() {
        Disk failing = new Disk((o, p) -> {
            if (o == Operation.FORCE_DIRECTORY && p.endsWith("db")) {
                throw new IOException("Input/output error");
            }
        });
        refused(ErrorKind.OUTCOME_UNKNOWN, () -> put(store(failing), "db/object", "x"));
    }

    @Test
    @DisplayName("SPI-22 a file system without hard links is refused with what to do")
    void refusesPlacesWithoutLinks() {
        Disk without = new Disk((o, p) -> {
            if (o == Operation.LINK) {
                throw new FileSystemException(p.toString(), null, "Operation not permitted");
            }
        });
        refused(ErrorKind.INVALID_REQUEST, () -> put(store(without), "object", "x"));
        assertThat(keys(store())).isEmpty();
    }

    @Test
    @DisplayName("SPI-73 what a full device really answers is sorted as quota")
    void knowsAFullDevice() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "the system has no full device");
        try (FileChannel device = FileChannel.open(full, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> device.write(ByteBuffer.allocate(1)))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(LocalErrors.kindOf(e)).isEqualTo(ErrorKind.QUOTA));
        }
    }

    @Test
    @DisplayName(
            "SPI-25 temporaries are taken away after a write, well or ill; those of the dead when a session opens a day later")
    void sweepsTemporaries() throws IOException {
        put(store(), "object", "x");
        refused(ErrorKind.ALREADY_EXISTS, () -> put(store(), "object", "x"));
        assertThat(temporaries()).isEmpty();
        Path old = Files.writeString(root.resolve(".tmp/put-1-a-1"), "dead");
        Path young = Files.writeString(root.resolve(".tmp/put-1-a-2"), "perhaps alive");
        Path strange = Files.writeString(root.resolve(".tmp/notes"), "a stranger's");
        Instant yesterday = Instant.now().minus(Duration.ofHours(25));
        Files.setLastModifiedTime(old, FileTime.from(yesterday));
        Files.setLastModifiedTime(strange, FileTime.from(yesterday));
        store();
        assertThat(temporaries()).containsExactlyInAnyOrder(young, strange);
    }

    @Test
    @DisplayName("SPI-61 symbolic links are not followed out of the root: not when read, written, listed or deleted")
    void followsNoLinks(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        for (String key : List.of("link/secret", "file")) {
            refused(ErrorKind.DENIED, () -> store().get(new ObjectKey(key), null, CALL));
            refused(ErrorKind.DENIED, () -> store().stat(new ObjectKey(key), CALL));
            refused(ErrorKind.DENIED, () -> put(store(), key, "x"));
            assertThat(store().delete(List.of(new ObjectKey(key)), CALL).toString())
                    .contains("Failed");
        }
        refused(ErrorKind.DENIED, () -> put(store(), "link/new", "x"));
        refused(ErrorKind.DENIED, () -> store().list(KeyPrefix.ROOT, null, CALL));
        assertThat(outside.resolve("secret")).hasContent("secret");
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    @DisplayName("SPI-50 what is no key is left out of a listing: dot files, lost+found, names with spaces")
    void leavesStrangersOut() throws IOException {
        put(store(), "db/object", "x");
        Files.createDirectories(root.resolve("lost+found/x"));
        Files.writeString(root.resolve("db/.nfs0001"), "x");
        Files.writeString(root.resolve("db/a name"), "x");
        assertThat(keys(store())).containsExactly("db/object");
    }

    @Test
    @DisplayName("SPI-51 empty directories, more than a page of them, do not end a listing")
    void passesEmptyDirectories() throws IOException {
        for (int i = 0; i < 1_100; i++) {
            Files.createDirectories(root.resolve(String.format("a%04d/empty", i)));
        }
        put(store(), "b/object", "x");
        assertThat(keys(store())).containsExactly("b/object");
    }

    @Test
    @DisplayName("SPI-51 a directory of ten thousand names is listed page by page")
    void listsLargeDirectories() throws IOException {
        Path directory = Files.createDirectories(root.resolve("db"));
        List<String> names = IntStream.range(0, 10_000)
                .mapToObj(i -> String.format("db/%05d", i))
                .toList();
        for (String name : names) {
            Files.createFile(directory.resolveSibling(name));
        }
        List<String> seen = new ArrayList<>();
        ObjectKey after = null;
        for (int page = 0; page < 10; page++) {
            var next = store().list(new KeyPrefix("db"), after, CALL);
            next.objects().forEach(o -> seen.add(o.key().value()));
            assertThat(next.more()).isEqualTo(page < 9);
            after = new ObjectKey(seen.get(seen.size() - 1));
        }
        assertThat(seen).isEqualTo(names);
    }

    @Test
    @DisplayName("SPI-74 a missing root is unavailable, unless it is to be made; a file is no root")
    void wantsARoot() throws IOException {
        Path missing = root.resolve("not/there");
        refused(ErrorKind.UNAVAILABLE, () -> open(new Disk(), Map.of("root", missing.toString())));
        ObjectStore made = open(new Disk(), Map.of("root", missing.toString(), "create", "true"));
        put(made, "object", "x");
        assertThat(missing.resolve("object")).hasContent("x");
        String file = missing.resolve("object").toString();
        refused(ErrorKind.INVALID_REQUEST, () -> open(new Disk(), Map.of("root", file)));
    }

    @Test
    @DisplayName("SPI-03 a root is an absolute path, plain, not the whole disk; create is true or false")
    void checksSettings() {
        for (String wrong : List.of("", "relative", "/a/../b", "/", "/a\0b")) {
            assertThat(LocalConfig.mistakes(Map.of("root", wrong)))
                    .as(wrong)
                    .hasSize(1)
                    .allMatch(m -> m.key().equals("root"));
        }
        assertThat(LocalConfig.mistakes(Map.of("root", "/a", "create", "yes"))).hasSize(1);
        assertThat(LocalConfig.mistakes(Map.of("root", "/a", "create", "true"))).isEmpty();
    }

    @Test
    @DisplayName("SPI-75 a place that is mounted read-only can still be read, and denies writing")
    void readsReadOnlyPlaces() throws IOException {
        put(store(), "object", "x");
        Disk readOnly = new Disk((o, p) -> {
            throw new FileSystemException(p.toString(), null, "Read-only file system");
        });
        ObjectStore store = store(readOnly);
        try (InputStream in = store.get(new ObjectKey("object"), null, CALL)) {
            assertThat(in.readAllBytes()).containsExactly('x');
        }
        refused(ErrorKind.DENIED, () -> put(store, "new", "x"));
        assertThat(store.delete(List.of(new ObjectKey("object")), CALL).toString())
                .contains("DENIED");
    }
}
