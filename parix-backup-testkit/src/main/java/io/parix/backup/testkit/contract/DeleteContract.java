package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.bytes;
import static io.parix.backup.testkit.contract.Samples.fill;
import static io.parix.backup.testkit.contract.Samples.key;
import static io.parix.backup.testkit.contract.Samples.keys;
import static io.parix.backup.testkit.contract.Samples.put;
import static io.parix.backup.testkit.contract.Samples.read;
import static io.parix.backup.testkit.contract.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What deleting must do. */
public interface DeleteContract extends ObjectStoreFixture {
    @Test
    @DisplayName("SPI-60 each key has its own outcome: what was there is deleted, what was not is absent")
    default void tellsAnOutcomeForEachKey() throws Exception {
        ObjectStore store = emptyStore();
        List.of("db/1", "db/2", "db/3", "other").forEach(k -> put(store, k, 1, 1));
        Map<ObjectKey, DeleteOutcome> outcomes =
                store.delete(List.of(key("db/1"), key("db/none"), key("db/3"), key("strange/one")), CALL);
        assertThat(outcomes)
                .isEqualTo(Map.of(
                        key("db/1"), new DeleteOutcome.Deleted(),
                        key("db/none"), new DeleteOutcome.Absent(),
                        key("db/3"), new DeleteOutcome.Deleted(),
                        key("strange/one"), new DeleteOutcome.Absent()));
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("db/2", "other");
    }

    @Test
    @DisplayName("SPI-60 a key named twice has one outcome, and an empty list has none")
    default void takesAKeyTwice() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "db/1", 1, 1);
        assertThat(store.delete(List.of(key("db/1"), key("db/1")), CALL))
                .isEqualTo(Map.of(key("db/1"), new DeleteOutcome.Deleted()));
        assertThat(store.delete(List.of(key("db/1")), CALL)).isEqualTo(Map.of(key("db/1"), new DeleteOutcome.Absent()));
        assertThat(store.delete(List.of(), CALL)).isEmpty();
    }

    @Test
    @DisplayName("SPI-61 deleting touches no neighbour: not what begins alike, not what lies below")
    default void touchesNoNeighbour() throws Exception {
        ObjectStore store = emptyStore();
        List.of("db/1", "db/10", "db/1.x", "db/2/below", "db/2/below2").forEach(k -> put(store, k, 7, 100));
        assertThat(store.delete(List.of(key("db/1"), key("db/2"), key("db")), CALL))
                .isEqualTo(Map.of(
                        key("db/1"), new DeleteOutcome.Deleted(),
                        key("db/2"), new DeleteOutcome.Absent(),
                        key("db"), new DeleteOutcome.Absent()));
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("db/1.x", "db/10", "db/2/below", "db/2/below2");
        assertThat(read(store, "db/10")).isEqualTo(bytes(7, 100));
    }

    @Test
    @DisplayName("SPI-62 1,000 keys are deleted in one call, one more is refused and deletes nothing")
    default void deletesAThousandAndNoMore() throws Exception {
        ObjectStore store = emptyStore();
        List<ObjectKey> many = IntStream.rangeClosed(0, ObjectStore.MAX_DELETE)
                .mapToObj(i -> key("db/" + i))
                .toList();
        fill(store, many.stream().map(ObjectKey::value).toList());
        refused(() -> store.delete(many, CALL), ErrorKind.INVALID_REQUEST);
        assertThat(keys(store, KeyPrefix.ROOT)).hasSize(many.size());
        Map<ObjectKey, DeleteOutcome> outcomes = store.delete(many.subList(0, ObjectStore.MAX_DELETE), CALL);
        assertThat(outcomes).hasSize(ObjectStore.MAX_DELETE);
        assertThat(outcomes.values()).containsOnly(new DeleteOutcome.Deleted());
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("db/" + ObjectStore.MAX_DELETE);
    }

    @Test
    @DisplayName("SPI-63 a deleted key can be written again, with other bytes")
    default void freesTheKey() throws Exception {
        ObjectStore store = emptyStore();
        put(store, "db/1", 1, 10);
        store.delete(List.of(key("db/1")), CALL);
        put(store, "db/1", 2, 20);
        assertThat(read(store, "db/1")).isEqualTo(bytes(2, 20));
    }

    @Test
    @DisplayName("SPI-64 what is locked says until when and stays as it is, and the other keys of the call are deleted")
    default void keepsWhatIsLocked() throws Exception {
        ObjectStore store = three();
        Optional<DeleteOutcome.Locked> locked = lock(store, key("db/2"));
        assumeTrue(locked.isPresent(), "not verified: the fixture cannot lock");
        staysBesideOthers(store, locked.get());
    }

    @Test
    @DisplayName("SPI-64 a lock whose end the place cannot tell is a lock all the same, without an end")
    default void tellsOfLocksWithoutEnd() throws Exception {
        ObjectStore store = three();
        assumeTrue(hold(store, key("db/2")), "not verified: the fixture cannot lock without an end");
        staysBesideOthers(store, new DeleteOutcome.Locked(null));
    }

    private ObjectStore three() throws Exception {
        ObjectStore store = emptyStore();
        List.of("db/1", "db/2", "db/3").forEach(k -> put(store, k, 7, 100));
        return store;
    }

    private static void staysBesideOthers(ObjectStore store, DeleteOutcome.Locked locked) throws IOException {
        StoredObject before = store.stat(key("db/2"), CALL).orElseThrow();
        assertThat(store.delete(List.of(key("db/1"), key("db/2"), key("db/none"), key("db/3")), CALL))
                .isEqualTo(Map.of(
                        key("db/1"), new DeleteOutcome.Deleted(),
                        key("db/2"), locked,
                        key("db/none"), new DeleteOutcome.Absent(),
                        key("db/3"), new DeleteOutcome.Deleted()));
        assertThat(store.delete(List.of(key("db/2")), CALL)).isEqualTo(Map.of(key("db/2"), locked));
        assertThat(store.stat(key("db/2"), CALL)).contains(before);
        assertThat(read(store, "db/2")).isEqualTo(bytes(7, 100));
        assertThat(keys(store, KeyPrefix.ROOT)).containsExactly("db/2");
    }
}
