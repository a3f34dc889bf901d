package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.archive.export.ExportSettings;
import io.parix.backup.archive.export.Exported;
import io.parix.backup.archive.manifest.AttemptKey;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.verify.ArchiveVerification;
import io.parix.backup.archive.verify.ArchivedImage;
import io.parix.backup.host.KeyPort;
import io.parix.backup.spi.ObjectKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C13: exports that are sealed before they leave the process. */
class SealedTest {
    /** Sparse segments are stored anew, which keeps the keys few: not here. */
    private static final ExportSettings NOTHING_SPARSE =
            new ExportSettings(1, Archives.SMALL.segmentSize(), 2, -2, Archives.SMALL.baseAge(), 0, 0, 1);

    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();
    private final TestKeys keys = new TestKeys();
    private final TestImage one = TestImage.random(1, 300);
    private final TestImage two = one.withChunk(60, 9);

    private Archives archives() {
        return new Archives(store, spool, keys);
    }

    private void comesBack(Manifest manifest, TestImage... images) {
        List<TestStaged> files = archives().restore(manifest);
        for (int i = 0; i < images.length; i++) {
            assertThat(files.get(i).bytes()).isEqualTo(images[i].bytes());
        }
    }

    private List<String> codes(String backup) {
        return ArchiveVerification.readBack(
                        archives().verify(backup), archives().bench())
                .failures()
                .stream()
                .map(Check::code)
                .toList();
    }

    private static List<String> keyIds(Manifest manifest) {
        return manifest.keys().stream().map(key -> key.key().id()).toList();
    }

    private static FailedException failure(Runnable doing) {
        return catchThrowableOfType(FailedException.class, doing::run);
    }

    @Test
    @DisplayName("C13 a sealed backup comes back byte for byte, and is read back whole")
    void roundTrip() {
        Manifest manifest = archives().back("b-1", null, List.of(one, two));
        comesBack(manifest, one, two);
        assertThat(codes("b-1")).isEmpty();
        assertThat(ArchiveVerification.present(
                                archives().verify("b-1"), archives().bench())
                        .passed())
                .isTrue();
        assertThat(manifest.keys()).extracting(AttemptKey::attempt).containsExactly("b-1/0000000000000000007");
        assertThat(spool).isEmptyDirectory();
    }

    @Test
    @DisplayName("C13 nothing of a data file, its chunks' identities or its digest lies in the clear")
    void nothingInTheClear() {
        byte[] words = "a ledger that is nobody's business".getBytes(StandardCharsets.UTF_8);
        byte[] file = one.bytes().clone();
        System.arraycopy(words, 0, file, 9_000, words.length);
        TestImage image = new TestImage(file);
        Archives plain = new Archives(new TestStore(), spool);
        Manifest clear = plain.back("b-1", null, List.of(image));
        Manifest sealed = archives().back("b-1", null, List.of(image));
        byte[] identity = firstBytes(plain.store, ".idx", 8);
        assertThat(identity).isEqualTo("PARIXIDX".getBytes(StandardCharsets.US_ASCII));
        for (ObjectKey key : store.keys()) {
            String text = new String(store.bytes(key), StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain(new String(words, StandardCharsets.ISO_8859_1), "PARIXIDX", "PARIXSEG");
            assertThat(text).doesNotContain(clear.replicas().get(0).digest());
        }
        assertThat(firstBytes(store, ".seg", 8)).isEqualTo("PARIXAES".getBytes(StandardCharsets.US_ASCII));
        assertThat(sealed.replicas().get(0).digest())
                .isNotEqualTo(clear.replicas().get(0).digest());
    }

    private static byte[] firstBytes(TestStore store, String end, int count) {
        ObjectKey first = store.keys().stream()
                .filter(key -> key.name().endsWith(end))
                .findFirst()
                .orElseThrow();
        return Arrays.copyOf(store.bytes(first), count);
    }

    @Test
    @DisplayName("C12 C13 an unchanged sealed backup stores no chunk, and holds the keys of what it shares")
    void shares() {
        Manifest base = archives().back("b-1", null, List.of(one));
        keys.rotateTo("key-2");
        Manifest next = archives().back("b-2", base, List.of(one));
        assertThat(store.keys()).extracting(ObjectKey::value).noneMatch(key -> key.contains("segments/b-2/"));
        assertThat(keyIds(next)).containsExactlyInAnyOrder("key-1", "key-2");
        comesBack(next, one);
    }

    @Test
    @DisplayName("C13 keys rotate without rewriting old backups, and a key that nothing needs any more is not named")
    void rotates() {
        Manifest base = archives().back("b-1", null, List.of(one));
        keys.rotateTo("key-2");
        TestImage other = TestImage.random(2, 300);
        Manifest next = archives().back("b-2", base, List.of(other));
        comesBack(base, one);
        assertThat(keyIds(next)).containsExactly("key-2");
        keys.lose("key-1");
        comesBack(next, other);
    }

    @Test
    @DisplayName("C13 a lost key is a coded error that names it, before anything is staged")
    void lost() {
        Manifest manifest = archives().back("b-1", null, List.of(one));
        keys.lose("key-1");
        List<TestStaged> files = List.of(new TestStaged());
        FailedException e = failure(() -> archives().restore(manifest, files));
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_LOST);
        assertThat(e).hasMessageContaining("key-1").hasMessageContaining("ledger-1");
        assertThat(files.get(0).bytes()).isEmpty();
        assertThat(codes("b-1")).containsExactly("key-lost");
        assertThat(ArchiveVerification.present(
                                archives().verify("b-1"), archives().bench())
                        .failures())
                .extracting(Check::code)
                .containsExactly("key-lost");
    }

    @Test
    @DisplayName("C13 the lost key of an earlier backup is found, too, where this one shares with it")
    void lostKeyOfWhatIsShared() {
        Manifest base = archives().back("b-1", null, List.of(one));
        keys.rotateTo("key-2");
        Manifest next = archives().back("b-2", base, List.of(two));
        keys.lose("key-1");
        assertThat(failure(() -> archives().restore(next)).code()).isEqualTo(ErrorCode.KEY_LOST);
        assertThat(ArchiveVerification.present(
                                archives().verify("b-2"), archives().bench())
                        .failures())
                .extracting(Check::code)
                .containsExactly("key-lost");
    }

    @Test
    @DisplayName("C12 C13 a base whose key is lost is reported, and everything is stored anew")
    void baseWithLostKey() {
        Manifest base = archives().back("b-1", null, List.of(one));
        keys.rotateTo("key-2");
        keys.lose("key-1");
        Exported exported = archives().export("b-2", base, List.of(one));
        assertThat(exported.base().failures()).extracting(Check::code).containsExactly("base-key-lost");
        assertThat(exported.keys()).extracting(key -> key.key().id()).containsExactly("key-2");
        comesBack(Archives.manifest("b-2", exported), one);
    }

    @Test
    @DisplayName("C13 a port that gives another key is told from a damaged object")
    void confused() {
        Manifest manifest = archives().back("b-1", null, List.of(one));
        keys.confuse();
        FailedException e = failure(() -> archives().restore(manifest));
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_LOST);
        assertThat(e).hasMessageContaining("another key").hasMessageContaining("key-1");
    }

    @Test
    @DisplayName(
            "C13 a span under another key is told from one that is damaged, and from one that was damaged on the way")
    void confusedSpan() throws IOException {
        store.withoutChecksums();
        Manifest base = archives().back("b-1", null, List.of(one));
        keys.rotateTo("key-2");
        Manifest next = archives().back("b-2", base, List.of(one));
        ObjectKey segment = segment();
        store.flipOnce(segment, 70_000);
        assertThat(first(next)).isEqualTo(one.bytes());
        store.flip(segment, 70_000);
        assertThat(failure(() -> first(next)).code()).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        store.flip(segment, 70_000);
        assertThat(first(next)).isEqualTo(one.bytes());
        keys.confuse("key-1");
        FailedException e = failure(() -> first(next));
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_LOST);
        assertThat(e).hasMessageContaining("another key").hasMessageContaining("key-1");
    }

    private byte[] first(Manifest manifest) {
        try (ArchivedImage image =
                ArchivedImage.open(archives().place, manifest, 0, archives().bench())) {
            ByteBuffer all = ByteBuffer.allocate(one.bytes().length);
            assertThat(image.read(0, all)).isEqualTo(all.capacity());
            return all.array();
        }
    }

    private ObjectKey segment() {
        return store.keys().stream()
                .filter(key -> key.name().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("C13 a lost key is asked for once in a look at a backup, however many objects need it")
    void asksForTheLostOnce() {
        archives().back("b-1", null, List.of(one, two));
        keys.lose("key-1");
        keys.opened.set(0);
        assertThat(codes("b-1")).containsExactly("key-lost", "key-lost");
        assertThat(keys.opened).hasValue(1);
    }

    @Test
    @DisplayName("C4 C13 a flipped byte of a sealed object is damage, not a wrong key")
    void damaged() {
        store.withoutChecksums();
        Manifest manifest = archives().back("b-1", null, List.of(one));
        store.flip(segment(), 70_000);
        assertThat(failure(() -> archives().restore(manifest)).code()).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        assertThat(codes("b-1")).containsExactly("object-corrupt");
    }

    @Test
    @DisplayName("C13 a port that fails is asked again, and its own words are not told")
    void cutOff() {
        Manifest manifest = archives().back("b-1", null, List.of(one));
        keys.cutOff();
        FailedException e = failure(() -> archives().restore(manifest));
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        assertThat(e.getMessage()).contains("key-1").doesNotContain("xyzzy");
    }

    @Test
    @DisplayName("C13 a sealed backup shares nothing that lies in the clear, and the other way round")
    void sealedAndClear() {
        Archives plain = new Archives(store, spool, KeyPort.none());
        Manifest clear = plain.back("b-1", null, List.of(one));
        Exported sealed = archives().export("b-2", clear, List.of(one));
        assertThat(sealed.base().checks()).extracting(Check::code).containsExactly("base-sealing");
        assertThat(sealed.base().passed()).isTrue();
        assertThat(sealed.created()).extracting(ObjectRef::name).anyMatch(name -> name.endsWith(".seg"));
        Exported again = plain.export("b-3", Archives.manifest("b-2", sealed), List.of(one));
        assertThat(again.base().checks()).extracting(Check::code).containsExactly("base-sealing");
        assertThat(again.keys()).isEmpty();
    }

    @Test
    @DisplayName("C13 each data key is asked for once in a restore, however many objects it sealed")
    void asksOnce() {
        Manifest base = archives().back("b-1", null, List.of(one));
        Manifest next = archives().back("b-2", base, List.of(two, one));
        keys.opened.set(0);
        archives().restore(next);
        assertThat(keys.opened).hasValue(2);
    }

    @Test
    @DisplayName("C13 a stored replica is read as a file, a span at a time")
    void asFile() throws IOException {
        Manifest manifest = archives().back("b-1", null, List.of(one));
        Random random = new Random(5);
        try (ArchivedImage image =
                ArchivedImage.open(archives().place, manifest, 0, archives().bench())) {
            for (int i = 0; i < 100; i++) {
                int at = random.nextInt(one.bytes().length - 10_000);
                ByteBuffer span = ByteBuffer.allocate(10_000);
                assertThat(image.read(at, span)).isEqualTo(10_000);
                assertThat(span.array()).isEqualTo(Arrays.copyOfRange(one.bytes(), at, at + 10_000));
            }
        }
    }

    @Test
    @DisplayName(
            "C13 a manifest has room for 256 keys: what the oldest attempts wrote is stored anew before there are more")
    void manyKeys() {
        TestImage image = one;
        Manifest base = Archives.manifest("b-0", archives().export("b-0", null, List.of(image)));
        List<Integer> counts = new ArrayList<>();
        for (int i = 1; i <= Manifest.MAX_KEYS + 3; i++) {
            image = image.withChunk(60 + i % 290, i);
            Archives archives = archives().with(NOTHING_SPARSE).at(Archives.STARTED.plusSeconds(i));
            base = Archives.manifest("b-" + i, archives.export("b-" + i, base, List.of(image)));
            counts.add(base.keys().size());
        }
        assertThat(counts).contains(Manifest.MAX_KEYS).allMatch(count -> count <= Manifest.MAX_KEYS);
        comesBack(base, image);
    }
}
