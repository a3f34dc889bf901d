package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.BackupException;
import io.parix.backup.Check;
import io.parix.backup.ErrorCode;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.manifest.ManifestStore;
import io.parix.backup.archive.verify.ArchiveVerification;
import io.parix.backup.archive.verify.VerifyRequest;
import io.parix.backup.spi.ObjectKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every object of a backup, damaged in every way, is named. */
class CorruptionTest {
    @TempDir
    private Path spool;

    private final TestStore whole = new TestStore();
    private String digest = "";

    @BeforeEach
    void back() {
        Archives archives = new Archives(whole, spool);
        archives.back("b-1", null, List.of(TestImage.random(1, 60), TestImage.random(2, 60)));
        digest = new ManifestStore(archives.place, Archives.call())
                .read(archives.verify("b-1").backup())
                .checksums()
                .sha256();
        assertThat(whole.keys()).hasSizeGreaterThan(5);
    }

    private record Damage(String what, Consumer<TestStore> on) {}

    private List<Damage> damages(ObjectKey key) {
        int length = whole.bytes(key).length;
        List<Damage> all = new ArrayList<>();
        for (int at : new int[] {0, length / 2, length - 1}) {
            all.add(new Damage("flip " + at, s -> s.flip(key, at)));
        }
        all.add(new Damage("lose", s -> s.lose(key)));
        all.add(new Damage("truncate", s -> s.truncate(key, 1)));
        all.add(new Damage("empty", s -> s.truncate(key, length)));
        all.add(new Damage("append", s -> s.append(key)));
        return all;
    }

    private static String name(ObjectKey key) {
        return key.value().substring("parix/ledger-1/".length());
    }

    private VerifyRequest request(TestStore store) {
        VerifyRequest request = new Archives(store, spool).verify("b-1");
        return new VerifyRequest(request.place(), request.backup(), digest, 2);
    }

    private List<String> readBack(TestStore store) {
        return ArchiveVerification.readBack(request(store), new Archives(store, spool).bench()).failures().stream()
                .map(Check::expected)
                .distinct()
                .toList();
    }

    private List<String> present(TestStore store) {
        return ArchiveVerification.present(request(store), new Archives(store, spool).bench()).failures().stream()
                .map(Check::expected)
                .distinct()
                .toList();
    }

    @Test
    @DisplayName("C4 C10 an undamaged backup has no finding")
    void anUndamagedBackupPasses() {
        assertThat(readBack(whole)).isEmpty();
        assertThat(present(whole)).isEmpty();
        assertThat(readBack(whole.copy().withoutChecksums())).isEmpty();
    }

    @Test
    @DisplayName("C4 reading back names each object that is flipped, missing, cut, emptied or lengthened")
    void readingBackNamesEveryDamagedObject() {
        for (ObjectKey key : whole.keys()) {
            for (Damage damage : damages(key)) {
                TestStore store = whole.copy().withoutChecksums();
                damage.on().accept(store);
                assertThat(readBack(store)).as("%s of %s", damage.what(), key).containsExactly(name(key));
            }
        }
    }

    @Test
    @DisplayName("C4 presence names each damaged object where the store knows checksums")
    void presenceNamesEveryDamagedObject() {
        for (ObjectKey key : whole.keys()) {
            for (Damage damage : damages(key)) {
                TestStore store = whole.copy();
                damage.on().accept(store);
                assertThat(present(store)).as("%s of %s", damage.what(), key).containsExactly(name(key));
            }
        }
    }

    @Test
    @DisplayName("C4 two objects that changed places are both named")
    void swappedObjectsAreBothNamed() {
        List<ObjectKey> keys = whole.keys();
        for (int i = 0; i + 1 < keys.size(); i++) {
            ObjectKey a = keys.get(i);
            ObjectKey b = keys.get(i + 1);
            TestStore store = whole.copy().withoutChecksums();
            store.swap(a, b);
            boolean withManifest = a.name().equals("manifest.json") || b.name().equals("manifest.json");
            String[] expected =
                    withManifest ? new String[] {"backups/b-1/manifest.json"} : new String[] {name(a), name(b)};
            assertThat(readBack(store)).as("%s and %s", a, b).containsExactlyInAnyOrder(expected);
        }
    }

    @Test
    @DisplayName("C4 a restore of damaged bytes fails, naming the object, before the staged files are used")
    void restoringDamagedBytesNamesTheObject() {
        Archives good = new Archives(whole, spool);
        Manifest manifest = new ManifestStore(good.place, Archives.call())
                .read(manifestOf(good))
                .manifest();
        for (ObjectKey key : whole.keys()) {
            if (key.name().equals("manifest.json")) {
                continue;
            }
            for (Damage damage : damages(key)) {
                TestStore store = whole.copy();
                damage.on().accept(store);
                Archives archives = new Archives(store, spool);
                BackupException e = catchThrowableOfType(BackupException.class, () -> archives.restore(manifest));
                assertThat(e).as("%s of %s", damage.what(), key).isNotNull().hasMessageContaining(key.value());
                assertThat(e.code())
                        .isEqualTo(damage.what().equals("lose") ? ErrorCode.OBJECT_MISSING : ErrorCode.OBJECT_CORRUPT);
            }
        }
        assertThat(spool).isEmptyDirectory();
    }

    private static io.parix.backup.BackupId manifestOf(Archives archives) {
        return archives.verify("b-1").backup();
    }
}
