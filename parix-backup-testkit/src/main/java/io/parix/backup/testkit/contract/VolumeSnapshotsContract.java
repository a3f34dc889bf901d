package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.call;
import static io.parix.backup.testkit.contract.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link VolumeSnapshots} must do, requirements VOL-01 and up of {@code docs/provider-spi.md}. */
public interface VolumeSnapshotsContract extends VolumeTroubleContract {
    /** What the suite labels its snapshots with. */
    Map<String, String> LABELS = Map.of("parix-database", "db-1", "parix-backup", "b1");

    private Snapshot ask(VolumeSnapshots place, String name) {
        return place.request(name, volumes().get(0), LABELS, CALL);
    }

    private Snapshot neighbour(VolumeSnapshots place) {
        return place.request("parix-b1-1-10", volumes().get(1), LABELS, CALL);
    }

    private static State state(VolumeSnapshots place, String name) {
        return place.describe(name, CALL).state();
    }

    private static VolumeRequest wanted(String name, String snapshot, Map<String, String> placement) {
        return new VolumeRequest(name, snapshot, placement, LABELS);
    }

    private static List<String> listed(VolumeSnapshots place, Map<String, String> labels) {
        List<String> names = new ArrayList<>();
        List<Snapshot> page;
        do {
            String after = names.isEmpty() ? null : names.get(names.size() - 1);
            page = place.list(labels, after, CALL);
            assertThat(page).hasSizeLessThanOrEqualTo(ObjectStore.MAX_PAGE);
            page.forEach(each -> names.add(each.name()));
        } while (page.size() == ObjectStore.MAX_PAGE && names.size() < 100_000);
        return names;
    }

    @Test
    @DisplayName("VOL-01 asking again, also when it is there, gives the same snapshot and makes no other one")
    default void isIdempotentByName() throws Exception {
        VolumeSnapshots place = snapshots();
        Snapshot first = ask(place, "parix-b1-1-1");
        assertThat(first.name()).isEqualTo("parix-b1-1-1");
        assertThat(ask(place, "parix-b1-1-1").opaque()).isEqualTo(first.opaque());
        pass();
        Snapshot again = ask(place, "parix-b1-1-1");
        assertThat(again.state()).isEqualTo(State.USABLE);
        assertThat(again.opaque()).isEqualTo(first.opaque());
        if (capabilities().listByLabel()) {
            assertThat(listed(place, LABELS)).containsExactly("parix-b1-1-1");
        }
    }

    @Test
    @DisplayName(
            "VOL-02 a name that belongs to a snapshot of another volume is a conflict, and that one stays as it is")
    default void keepsNamesApart() throws Exception {
        VolumeSnapshots place = snapshots();
        Snapshot first = ask(place, "parix-b1-1-1");
        refused(() -> place.request("parix-b1-1-1", volumes().get(1), LABELS, CALL), ErrorKind.CONFLICT);
        assertThat(place.describe("parix-b1-1-1", CALL).opaque()).isEqualTo(first.opaque());
    }

    @Test
    @DisplayName(
            "VOL-03 a snapshot goes from cutting over cut to usable, never back, and a volume is made of a usable one only")
    default void goesOneWay() throws Exception {
        VolumeSnapshots place = snapshots();
        List<Snapshot> seen = new ArrayList<>(List.of(ask(place, "parix-b1-1-1")));
        seen.add(place.describe("parix-b1-1-1", CALL));
        if (capabilities().materialize() && seen.get(1).state() != State.USABLE) {
            refused(
                    () -> place.materialize(wanted("v-early", "parix-b1-1-1", placement()), CALL),
                    ErrorKind.INVALID_REQUEST);
        }
        if (capabilities().materialize() && seen.get(1).state() == State.USABLE) {
            assertThat(place.materialize(wanted("v-early", "parix-b1-1-1", placement()), CALL))
                    .isNotNull();
        }
        pass();
        seen.add(place.describe("parix-b1-1-1", CALL));
        seen.add(place.describe("parix-b1-1-1", CALL));
        assertThat(seen.get(2).state()).isEqualTo(State.USABLE);
        assertThat(seen).extracting(Snapshot::state).isSorted().doesNotContain(State.FAILED, State.GONE);
        assertThat(seen).extracting(Snapshot::percent).isSorted();
        assertThat(seen.get(3).percent()).isEqualTo(100);
        assertThat(seen).allSatisfy(each -> assertThat(each.reason()).isEmpty());
    }

    @Test
    @DisplayName("VOL-04 a limit is quota or throttled with the wait, for that volume only, makes nothing, and passes")
    default void saysWhatTheLimitIs() throws Exception {
        Optional<VolumeSnapshots> limited = limited();
        assumeTrue(limited.isPresent(), "not verified: the fixture has no place with limits");
        VolumeSnapshots place = limited.get();
        ask(place, "parix-b1-1-1");
        ProviderException refusal = refused(() -> ask(place, "parix-b2-1-1"), ErrorKind.QUOTA, ErrorKind.THROTTLED);
        if (refusal.kind() == ErrorKind.THROTTLED) {
            assertThat(refusal.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isPositive());
        }
        assertThat(state(place, "parix-b2-1-1")).isEqualTo(State.GONE);
        assertThat(ask(place, "parix-b1-1-1").name()).isEqualTo("parix-b1-1-1");
        assertThat(neighbour(place).state()).isNotEqualTo(State.GONE);
        pass();
        assertThat(ask(place, "parix-b2-1-1").name()).isEqualTo("parix-b2-1-1");
    }

    @Test
    @DisplayName("VOL-05 what is not there is described as gone, deleted as absent, and none of it is an error")
    default void absentIsNoError() throws Exception {
        VolumeSnapshots place = snapshots();
        assertThat(state(place, "parix-none-1-1")).isEqualTo(State.GONE);
        assertThat(place.delete("parix-none-1-1", CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName(
            "VOL-05 deletion is accepted, also twice, seen by describing, and touches nothing whose name begins alike")
    default void deletes() throws Exception {
        VolumeSnapshots place = snapshots();
        ask(place, "parix-b1-1-1");
        neighbour(place);
        pass();
        assertThat(place.delete("parix-b1-1-1", CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.delete("parix-b1-1-1", CALL))
                .isInstanceOfAny(DeleteOutcome.Deleted.class, DeleteOutcome.Absent.class);
        pass();
        assertThat(state(place, "parix-b1-1-1")).isEqualTo(State.GONE);
        assertThat(state(place, "parix-b1-1-10")).isEqualTo(State.USABLE);
        assertThat(place.delete("parix-b1-1-1", CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("VOL-06 a listing is complete, in order of name, goes on after a name, and all labels must match")
    default void listsAll() throws Exception {
        assumeTrue(capabilities().listByLabel(), "not verified: the place does not claim to list");
        VolumeSnapshots place = snapshots();
        assertThat(place.list(LABELS, null, CALL)).isEmpty();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < many(); i++) {
            names.add(String.format(Locale.ROOT, "parix-b1-%05d", i));
            ask(place, names.get(i));
        }
        Map<String, String> other = Map.of("parix-database", "db-1", "parix-backup", "b2");
        place.request("parix-b2-1-1", volumes().get(1), other, CALL);
        assertThat(listed(place, LABELS)).isEqualTo(names);
        assertThat(listed(place, Map.of("parix-database", "db-1"))).hasSize(many() + 1);
        assertThat(listed(place, Map.of("parix-database", "db"))).isEmpty();
        assertThat(place.list(LABELS, names.get(0), CALL).get(0).name()).isEqualTo(names.get(1));
        assertThat(place.list(LABELS, null, CALL).get(0).labels()).containsAllEntriesOf(LABELS);
        assertThat(place.delete(names.get(1), CALL)).isEqualTo(new DeleteOutcome.Deleted());
        pass();
        names.remove(1);
        assertThat(listed(place, LABELS)).isEqualTo(names);
    }

    @Test
    @DisplayName("VOL-07 a volume is made once by its name, and not where it cannot be")
    default void materializes() throws Exception {
        assumeTrue(capabilities().materialize(), "not verified: the place does not claim to make volumes");
        VolumeSnapshots place = snapshots();
        ask(place, "parix-b1-1-1");
        pass();
        place.materialize(wanted("v-1", "parix-b1-1-1", placement()), CALL);
        pass();
        Optional<String> made = place.materialize(wanted("v-1", "parix-b1-1-1", placement()), CALL);
        assertThat(made).isPresent();
        assertThat(place.materialize(wanted("v-1", "parix-b1-1-1", placement()), CALL))
                .isEqualTo(made);
        refused(() -> place.materialize(wanted("v-2", "parix-none-1-1", placement()), CALL), ErrorKind.INVALID_REQUEST);
        place.request("parix-b1-1-10", volumes().get(1), LABELS, CALL);
        pass();
        refused(() -> place.materialize(wanted("v-1", "parix-b1-1-10", placement()), CALL), ErrorKind.CONFLICT);
        if (!impossiblePlacement().isEmpty()) {
            refused(
                    () -> place.materialize(wanted("v-3", "parix-b1-1-1", impossiblePlacement()), CALL),
                    ErrorKind.INVALID_REQUEST);
        }
    }

    @Test
    @DisplayName("VOL-08 the note is the same at every answer")
    default void keepsTheNote() throws Exception {
        VolumeSnapshots place = snapshots();
        Snapshot asked = ask(place, "parix-b1-1-1");
        assertThat(place.describe("parix-b1-1-1", CALL).opaque()).isEqualTo(asked.opaque());
        pass();
        assertThat(place.describe("parix-b1-1-1", CALL).opaque()).isEqualTo(asked.opaque());
        if (capabilities().listByLabel()) {
            assertThat(place.list(LABELS, null, CALL))
                    .extracting(Snapshot::opaque)
                    .containsExactly(asked.opaque());
        }
    }

    @Test
    @DisplayName("VOL-09 a call whose caller has given up, or whose time is up, is cancelled and does nothing")
    default void doesNothingForAGoneCaller() throws Exception {
        VolumeSnapshots place = snapshots();
        ask(place, "parix-b1-1-1");
        for (CallContext over : List.of(call(Duration.ofMinutes(1), () -> true), call(Duration.ZERO, () -> false))) {
            for (ThrowingCallable each : List.<ThrowingCallable>of(
                    () -> place.request("parix-b2-1-1", volumes().get(1), LABELS, over),
                    () -> place.describe("parix-b1-1-1", over),
                    () -> place.delete("parix-b1-1-1", over))) {
                refused(each, ErrorKind.CANCELLED);
            }
            // What is not claimed is refused whenever it is asked for (VOL-13).
            if (capabilities().listByLabel()) {
                refused(() -> place.list(LABELS, null, over), ErrorKind.CANCELLED);
                refused(() -> place.volumes(LABELS, null, over), ErrorKind.CANCELLED);
            }
            if (capabilities().materialize()) {
                refused(() -> place.deleteVolume("v-1", over), ErrorKind.CANCELLED);
                refused(() -> place.materialize(wanted("v-1", "parix-b1-1-1", placement()), over), ErrorKind.CANCELLED);
            }
        }
        pass();
        assertThat(state(place, "parix-b1-1-1")).isEqualTo(State.USABLE);
        assertThat(state(place, "parix-b2-1-1")).isEqualTo(State.GONE);
    }

    @Test
    @DisplayName("VOL-10 what is locked answers until when, and stays")
    default void saysUntilWhen() throws Exception {
        VolumeSnapshots place = snapshots();
        ask(place, "parix-b1-1-1");
        pass();
        Optional<DeleteOutcome.Locked> locked = lock(place, "parix-b1-1-1");
        assumeTrue(locked.isPresent(), "not verified: the fixture cannot lock");
        assertThat(place.delete("parix-b1-1-1", CALL)).isEqualTo(locked.get());
        pass();
        assertThat(state(place, "parix-b1-1-1")).isEqualTo(State.USABLE);
    }

    @Test
    @DisplayName("VOL-10 a lock whose end the place cannot tell is a lock all the same, without an end")
    default void tellsOfLocksWithoutEnd() throws Exception {
        VolumeSnapshots place = snapshots();
        ask(place, "parix-b1-1-1");
        pass();
        assumeTrue(hold(place, "parix-b1-1-1"), "not verified: the fixture cannot lock without an end");
        assertThat(place.delete("parix-b1-1-1", CALL)).isEqualTo(new DeleteOutcome.Locked(null));
        pass();
        assertThat(state(place, "parix-b1-1-1")).isEqualTo(State.USABLE);
    }

    /** A place in which volumes of these names were made. */
    private VolumeSnapshots withVolumes(String... names) throws Exception {
        VolumeSnapshots place = snapshots();
        ask(place, "parix-b1-1-1");
        pass();
        for (String name : names) {
            place.materialize(wanted(name, "parix-b1-1-1", placement()), CALL);
        }
        pass();
        return place;
    }

    @Test
    @DisplayName(
            "VOL-11 a volume is deleted by its name, also again, absent once gone; its snapshot and its neighbours stay")
    default void deletesVolumes() throws Exception {
        assumeTrue(capabilities().materialize(), "not verified: the place does not claim to make volumes");
        VolumeSnapshots place = withVolumes("parix-b1-1-1", "parix-b1-1-10");
        assertThat(place.deleteVolume("parix-b1-9-9", CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(place.deleteVolume("parix-b1-1-1", CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.deleteVolume("parix-b1-1-1", CALL))
                .isInstanceOfAny(DeleteOutcome.Deleted.class, DeleteOutcome.Absent.class);
        pass();
        assertThat(place.deleteVolume("parix-b1-1-1", CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(state(place, "parix-b1-1-1")).isEqualTo(State.USABLE);
        assertThat(place.materialize(wanted("parix-b1-1-10", "parix-b1-1-1", placement()), CALL))
                .isPresent();
        assertThat(place.deleteVolume("parix-b1-1-10", CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("VOL-11 a volume that is attached is in use, and stays until it is not")
    default void keepsAttachedVolumes() throws Exception {
        assumeTrue(capabilities().materialize(), "not verified: the place does not claim to make volumes");
        VolumeSnapshots place = withVolumes("parix-b1-1-1");
        assumeTrue(attach(place, "parix-b1-1-1"), "not verified: the fixture cannot attach");
        assertThat(place.deleteVolume("parix-b1-1-1", CALL))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.IN_USE));
        pass();
        assertThat(place.materialize(wanted("parix-b1-1-1", "parix-b1-1-1", placement()), CALL))
                .isPresent();
    }

    @Test
    @DisplayName(
            "VOL-12 a listing of volumes is complete, in order of name, goes on after a name, and all labels must match")
    default void listsVolumes() throws Exception {
        assumeTrue(
                capabilities().materialize() && capabilities().listByLabel(),
                "not verified: the place does not claim to make volumes and to list");
        VolumeSnapshots place = withVolumes("v-2", "v-1", "v-3");
        Map<String, String> other = Map.of("parix-database", "db-1", "parix-backup", "b2");
        place.materialize(new VolumeRequest("v-4", "parix-b1-1-1", placement(), other), CALL);
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly("v-1", "v-2", "v-3");
        assertThat(place.volumes(LABELS, "v-1", CALL)).containsExactly("v-2", "v-3");
        assertThat(place.volumes(Map.of("parix-database", "db-1"), null, CALL)).hasSize(4);
        assertThat(place.volumes(Map.of("parix-database", "db"), null, CALL)).isEmpty();
        assertThat(place.deleteVolume("v-2", CALL)).isEqualTo(new DeleteOutcome.Deleted());
        pass();
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly("v-1", "v-3");
        assertThat(listed(place, LABELS)).containsExactly("parix-b1-1-1");
    }
}
