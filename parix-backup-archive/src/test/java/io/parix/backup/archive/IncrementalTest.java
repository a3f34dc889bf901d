package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.archive.export.Exported;
import io.parix.backup.archive.export.SegmentUse;
import io.parix.backup.archive.manifest.Manifest;
import io.parix.backup.archive.segment.ObjectRef;
import io.parix.backup.archive.verify.ArchiveVerification;
import io.parix.backup.spi.ObjectKey;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C12: what an earlier backup holds is referenced, and a base is never trusted blindly. */
class IncrementalTest {
    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();
    private final TestImage one = TestImage.random(1, 300);
    private final TestImage two = one.withChunk(60, 9);

    private Archives archives() {
        return new Archives(store, spool);
    }

    private static List<String> segments(Exported exported) {
        return exported.created().stream()
                .map(ObjectRef::name)
                .filter(n -> n.endsWith(".seg"))
                .toList();
    }

    private void comesBack(String backup, Exported exported, List<TestImage> images) {
        List<TestStaged> files = archives().restore(Archives.manifest(backup, exported));
        for (int i = 0; i < images.size(); i++) {
            assertThat(files.get(i).bytes()).isEqualTo(images.get(i).bytes());
        }
    }

    private ObjectKey firstSegment() {
        return store.keys().stream()
                .filter(k -> k.name().endsWith(".seg"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("C12 an unchanged backup stores no chunk")
    void nothingChangedStoresNoChunk() {
        Manifest base = archives().back("b-1", null, List.of(one, two));
        Exported exported = archives().export("b-2", base, List.of(one, two));
        assertThat(segments(exported)).isEmpty();
        assertThat(exported.base().checks()).isEmpty();
        comesBack("b-2", exported, List.of(one, two));
    }

    @Test
    @DisplayName("C12 only what changed is stored")
    void onlyWhatChangedIsStored() {
        Manifest base = archives().back("b-1", null, List.of(one, one));
        TestImage changed = one.withChunk(80, 3).withChunk(140, 4);
        Exported exported = archives().export("b-2", base, List.of(changed, one));
        assertThat(segments(exported)).hasSize(1);
        assertThat(exported.segments().stream()
                        .mapToInt(u -> u.segment().chunks())
                        .min())
                .hasValue(2);
        comesBack("b-2", exported, List.of(changed, one));
    }

    @Test
    @DisplayName("C12 what another replica of the base holds is referenced")
    void whatMovedToAnotherReplicaIsReferenced() {
        TestImage other = TestImage.random(2, 300);
        Manifest base = archives().back("b-1", null, List.of(one, other));
        Exported exported = archives().export("b-2", base, List.of(other, one, one));
        assertThat(segments(exported)).isEmpty();
        comesBack("b-2", exported, List.of(other, one, one));
    }

    @Test
    @DisplayName("C12 files that shrank or grew since the base come back")
    void shrunkAndGrownFilesComeBack() {
        Manifest base = archives().back("b-1", null, List.of(one, TestImage.random(3, 50)));
        List<TestImage> images = List.of(one.cutTo(one.bytes().length - 9 * 4096 - 512), TestImage.random(3, 90));
        comesBack("b-2", archives().export("b-2", base, images), images);
    }

    @Test
    @DisplayName("C12 a backup restores alone after its base's manifest and indexes are gone")
    void aBackupRestoresAlone() {
        Manifest base = archives().back("b-1", null, List.of(one));
        archives().back("b-2", base, List.of(two));
        store.keys().stream().filter(k -> k.value().contains("backups/b-1/")).forEach(store::lose);
        assertThat(ArchiveVerification.readBack(
                                archives().verify("b-2"), archives().bench())
                        .failures())
                .isEmpty();
    }

    @Test
    @DisplayName("C12 a base segment that the listing does not show is reported and its chunks stored anew")
    void aMissingBaseSegmentIsStoredAnew() {
        Manifest base = archives().back("b-1", null, List.of(one));
        ObjectKey lost = firstSegment();
        store.lose(lost);
        Exported exported = archives().export("b-2", base, List.of(one));
        assertThat(exported.base().failures()).singleElement().satisfies(c -> {
            assertThat(c.code()).isEqualTo("base-object-missing");
            assertThat(lost.value()).endsWith(c.expected());
        });
        comesBack("b-2", exported, List.of(one));
    }

    @Test
    @DisplayName("C12 a base segment listed with another size is reported and its chunks stored anew")
    void aShortenedBaseSegmentIsStoredAnew() {
        Manifest base = archives().back("b-1", null, List.of(one));
        store.truncate(firstSegment(), 1);
        Exported exported = archives().export("b-2", base, List.of(one));
        assertThat(exported.base().failures()).extracting(Check::code).containsExactly("base-object-corrupt");
        comesBack("b-2", exported, List.of(one));
    }

    @Test
    @DisplayName("C12 a flipped base segment is found by reading it back and its chunks stored anew")
    void aFlippedBaseSegmentIsFoundByReadingBack() {
        store.withoutChecksums();
        Manifest base = archives().back("b-1", null, List.of(one));
        store.flip(firstSegment(), 100);
        Exported exported =
                archives().with(Archives.SMALL.withReadBackPerMille(1_000)).export("b-2", base, List.of(one));
        assertThat(exported.base().failures()).extracting(Check::code).containsExactly("base-object-corrupt");
        comesBack("b-2", exported, List.of(one));
    }

    @Test
    @DisplayName("C12 at least one segment is read back whatever the share, and none when it is zero")
    void atLeastOneSegmentIsReadBack() {
        Manifest base = archives().back("b-1", null, List.of(one));
        int indexes = 1;
        store.gets.set(0);
        archives().with(Archives.SMALL.withReadBackPerMille(0)).export("b-2", base, List.of(one));
        assertThat(store.gets).hasValue(indexes);
        store.gets.set(0);
        archives().with(Archives.SMALL.withReadBackPerMille(1)).export("b-3", base, List.of(one));
        assertThat(store.gets).hasValue(indexes + 1);
    }

    @Test
    @DisplayName("C12 segments are referenced up to the age limit and stored anew after it")
    void segmentsOverTheAgeLimitAreStoredAnew() {
        Manifest base = archives().back("b-1", null, List.of(one));
        Duration limit = Archives.SMALL.baseAge();
        Exported atLimit = archives().at(Archives.STARTED.plus(limit)).export("b-2", base, List.of(one));
        assertThat(segments(atLimit)).isEmpty();
        Exported past = archives().at(Archives.STARTED.plus(limit).plusNanos(1)).export("b-3", base, List.of(one));
        assertThat(past.segments())
                .extracting(SegmentUse::segment)
                .allMatch(s -> s.object().name().startsWith("segments/b-3/"));
        assertThat(past.base().checks()).isEmpty();
    }

    @Test
    @DisplayName("C12 a base whose index is damaged is reported and not used")
    void aBaseWithADamagedIndexIsNotUsed() {
        Manifest base = archives().back("b-1", null, List.of(one));
        store.flip(
                archives()
                        .place
                        .keys()
                        .resolve(base.replicas().get(0).index().get(0).name()),
                50);
        Exported exported = archives().export("b-2", base, List.of(one));
        assertThat(exported.base().failures()).extracting(Check::code).containsExactly("base-object-corrupt");
        assertThat(segments(exported)).isNotEmpty();
        comesBack("b-2", exported, List.of(one));
    }

    @Test
    void totalsTellWhatIsSharedFromWhatIsNew() {
        Exported first = archives().export("b-1", null, List.of(one, one));
        assertThat(first.totals().logical().bytes()).isEqualTo(2L * one.bytes().length);
        assertThat(first.totals().fresh().bytes()).isEqualTo(store.size());
        long before = store.size();
        Exported second = archives().export("b-2", Archives.manifest("b-1", first), List.of(two, two));
        assertThat(second.totals().fresh().bytes()).isEqualTo(store.size() - before);
        assertThat(second.totals().stored().bytes())
                .isGreaterThan(second.totals().fresh().bytes());
    }
}
