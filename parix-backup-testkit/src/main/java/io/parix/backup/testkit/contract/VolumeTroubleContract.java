package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.refused;
import static io.parix.backup.testkit.contract.VolumeSnapshotsContract.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a place with volumes must do where it does not claim something, where it fails, and where it must not do as it is told. */
public interface VolumeTroubleContract extends VolumeSnapshotsFixture {
    private Snapshot ask(VolumeSnapshots place) {
        return place.request("parix-b1-1-1", volumes().get(0), LABELS, CALL);
    }

    private static State state(VolumeSnapshots place) {
        return place.describe("parix-b1-1-1", CALL).state();
    }

    private Optional<String> make(VolumeSnapshots place) {
        return place.materialize(wanted("v-1"), CALL);
    }

    @Test
    @DisplayName("VOL-13 a place that does not claim to list refuses to, and does not look empty")
    default void refusesToList() throws Exception {
        assumeFalse(capabilities().listByLabel(), "not applicable: the place claims to list");
        VolumeSnapshots place = snapshots();
        ask(place);
        pass();
        refused(() -> place.list(LABELS, null, CALL), ErrorKind.INVALID_REQUEST);
        refused(() -> place.list(LABELS, "parix-a", CALL), ErrorKind.INVALID_REQUEST);
        refused(() -> place.volumes(LABELS, null, CALL), ErrorKind.INVALID_REQUEST);
        assertThat(state(place)).isEqualTo(State.USABLE);
    }

    @Test
    @DisplayName("VOL-13 a place that does not claim to make volumes refuses to, and makes none")
    default void refusesToMakeVolumes() throws Exception {
        assumeFalse(capabilities().materialize(), "not applicable: the place claims to make volumes");
        VolumeSnapshots place = snapshots();
        ask(place);
        pass();
        refused(() -> make(place), ErrorKind.INVALID_REQUEST);
        pass();
        refused(() -> make(place), ErrorKind.INVALID_REQUEST);
        assertThat(place.deleteVolume("v-1", CALL)).isEqualTo(new DeleteOutcome.Absent());
        if (capabilities().listByLabel()) {
            assertThat(place.volumes(LABELS, null, CALL)).isEmpty();
        }
        assertThat(state(place)).isEqualTo(State.USABLE);
    }

    @Test
    @DisplayName("VOL-14 a place that does not answer is unavailable to every verb: nothing is gone, and nothing empty")
    default void neverLooksGone() throws Exception {
        Optional<VolumeSnapshots> lost = lost();
        assumeTrue(lost.isPresent(), "not verified: the fixture has no lost place");
        VolumeSnapshots place = lost.get();
        refused(() -> place.describe("parix-b1-1-1", CALL), ErrorKind.UNAVAILABLE);
        if (capabilities().listByLabel()) {
            refused(() -> place.list(LABELS, null, CALL), ErrorKind.UNAVAILABLE);
            refused(() -> place.volumes(LABELS, null, CALL), ErrorKind.UNAVAILABLE);
        }
        // What was sent may have been done.
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> place.request("parix-b2-1-1", volumes().get(1), LABELS, CALL),
                () -> place.delete("parix-b1-1-1", CALL))) {
            refused(each, ErrorKind.UNAVAILABLE, ErrorKind.OUTCOME_UNKNOWN);
        }
        if (capabilities().materialize()) {
            refused(() -> place.deleteVolume("v-1", CALL), ErrorKind.UNAVAILABLE, ErrorKind.OUTCOME_UNKNOWN);
            refused(() -> make(place), ErrorKind.UNAVAILABLE, ErrorKind.OUTCOME_UNKNOWN);
        }
    }

    private VolumeRequest wanted(String name) {
        return new VolumeRequest(name, "parix-b1-1-1", placement(), LABELS);
    }

    /** What a change fails with; empty where it is answered. */
    private static Optional<ErrorKind> failure(Runnable change) {
        try {
            change.run();
            return Optional.empty();
        } catch (ProviderException e) {
            return Optional.of(e.kind());
        }
    }

    /** What a deletion fails with, by an error or by its outcome; empty where it is accepted. */
    private static Optional<ErrorKind> failedDeletion(Supplier<DeleteOutcome> deletion) {
        List<DeleteOutcome> outcomes = new ArrayList<>();
        Optional<ErrorKind> thrown = failure(() -> outcomes.add(deletion.get()));
        if (thrown.isPresent() || outcomes.contains(new DeleteOutcome.Deleted())) {
            return thrown;
        }
        assertThat(outcomes).hasOnlyElementsOfType(DeleteOutcome.Failed.class);
        return Optional.of(((DeleteOutcome.Failed) outcomes.get(0)).kind());
    }

    @Test
    @DisplayName("VOL-15 a place that may only be looked at denies what makes or deletes, and holds what it held")
    default void saysThatItIsForbidden() throws Exception {
        Optional<VolumeSnapshots> forbidden = forbidden();
        assumeTrue(forbidden.isPresent(), "not verified: the fixture has no place that may only be looked at");
        VolumeSnapshots place = forbidden.get();
        refused(() -> place.request("parix-b2-1-1", volumes().get(1), LABELS, CALL), ErrorKind.DENIED);
        assertThat(failedDeletion(() -> place.delete("parix-b1-1-1", CALL))).contains(ErrorKind.DENIED);
        if (capabilities().materialize()) {
            refused(() -> place.materialize(wanted("v-2"), CALL), ErrorKind.DENIED);
            assertThat(failedDeletion(() -> place.deleteVolume("v-1", CALL))).contains(ErrorKind.DENIED);
        }
        pass();
        assertThat(state(place)).isEqualTo(State.USABLE);
        assertThat(place.describe("parix-b2-1-1", CALL).state()).isEqualTo(State.GONE);
        if (capabilities().listByLabel()) {
            assertThat(place.list(LABELS, null, CALL))
                    .extracting(Snapshot::name)
                    .containsExactly("parix-b1-1-1");
            assertThat(place.volumes(LABELS, null, CALL))
                    .isEqualTo(capabilities().materialize() ? List.of("v-1") : List.of());
        }
    }

    @Test
    @DisplayName("VOL-15 a place in which nothing may be done denies every verb: nothing is gone, and nothing empty")
    default void deniesEveryVerb() throws Exception {
        Optional<VolumeSnapshots> denied = denied();
        assumeTrue(denied.isPresent(), "not verified: the fixture has no place in which nothing may be done");
        VolumeSnapshots place = denied.get();
        refused(() -> place.describe("parix-b1-1-1", CALL), ErrorKind.DENIED);
        refused(() -> place.describe("parix-none-1-1", CALL), ErrorKind.DENIED);
        if (capabilities().listByLabel()) {
            refused(() -> place.list(LABELS, null, CALL), ErrorKind.DENIED);
            refused(() -> place.volumes(LABELS, null, CALL), ErrorKind.DENIED);
        }
        refused(() -> place.request("parix-b2-1-1", volumes().get(1), LABELS, CALL), ErrorKind.DENIED);
        assertThat(failedDeletion(() -> place.delete("parix-b1-1-1", CALL))).contains(ErrorKind.DENIED);
        if (capabilities().materialize()) {
            refused(() -> place.materialize(wanted("v-2"), CALL), ErrorKind.DENIED);
            assertThat(failedDeletion(() -> place.deleteVolume("v-1", CALL))).contains(ErrorKind.DENIED);
        }
    }

    private VolumeSnapshots losing() throws Exception {
        Optional<VolumeSnapshots> losing = lostAnswer();
        assumeTrue(losing.isPresent(), "not verified: the fixture has no place whose answers are lost");
        return losing.get();
    }

    /** The place with a usable snapshot, the answer to the request for which was lost. */
    private VolumeSnapshots losingWithSnapshot() throws Exception {
        VolumeSnapshots place = losing();
        Optional<ErrorKind> unused = failure(() -> ask(place));
        pass();
        ask(place);
        pass();
        assertThat(state(place)).isEqualTo(State.USABLE);
        return place;
    }

    /** An answer holds, and whoever got none is told so; or that nothing was done, where nothing was. */
    private static void requireNoGuess(Optional<ErrorKind> told, boolean done) {
        if (told.isEmpty()) {
            assertThat(done).as("what was answered is done").isTrue();
        } else {
            assertThat(told.get())
                    .as(done ? "what is told of what was done" : "what is told of what was not done")
                    .isIn(ErrorKind.OUTCOME_UNKNOWN, done ? ErrorKind.OUTCOME_UNKNOWN : ErrorKind.UNAVAILABLE);
        }
    }

    @Test
    @DisplayName(
            "VOL-16 a request whose answer is lost is of unknown outcome, unless a look told it, and there is one snapshot")
    default void doesNotGuess() throws Exception {
        VolumeSnapshots place = losing();
        Optional<ErrorKind> told = failure(() -> ask(place));
        pass();
        requireNoGuess(told, state(place) != State.GONE);
        Snapshot again = ask(place);
        assertThat(again.name()).isEqualTo("parix-b1-1-1");
        pass();
        assertThat(state(place)).isEqualTo(State.USABLE);
        if (capabilities().listByLabel()) {
            assertThat(place.list(LABELS, null, CALL))
                    .extracting(Snapshot::opaque)
                    .containsExactly(again.opaque());
        }
    }

    @Test
    @DisplayName(
            "VOL-16 a volume whose making is not answered is of unknown outcome, unless a look told it, and there is one")
    default void doesNotGuessAboutVolumes() throws Exception {
        assumeTrue(capabilities().materialize(), "not applicable: the place does not claim to make volumes");
        VolumeSnapshots place = losingWithSnapshot();
        Optional<ErrorKind> told = failure(() -> make(place));
        pass();
        if (capabilities().listByLabel()) {
            requireNoGuess(told, place.volumes(LABELS, null, CALL).contains("v-1"));
        } else {
            assertThat(told.orElse(ErrorKind.OUTCOME_UNKNOWN)).isIn(ErrorKind.OUTCOME_UNKNOWN, ErrorKind.UNAVAILABLE);
        }
        make(place);
        pass();
        Optional<String> made = make(place);
        assertThat(made).isPresent();
        assertThat(make(place)).isEqualTo(made);
        if (capabilities().listByLabel()) {
            assertThat(place.volumes(LABELS, null, CALL)).containsExactly("v-1");
        }
    }

    @Test
    @DisplayName("VOL-17 a snapshot that something uses is in use, and stays")
    default void keepsWhatIsUsed() throws Exception {
        VolumeSnapshots place = snapshots();
        ask(place);
        pass();
        assumeTrue(use(place, "parix-b1-1-1"), "not verified: the fixture cannot use a snapshot");
        assertThat(place.delete("parix-b1-1-1", CALL))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.IN_USE));
        pass();
        assertThat(state(place)).isEqualTo(State.USABLE);
    }

    @Test
    @DisplayName(
            "VOL-18 a deletion whose answer is lost is of unknown outcome, unless a look told it, and asked again it is absent")
    default void doesNotGuessAboutDeletions() throws Exception {
        VolumeSnapshots place = losingWithSnapshot();
        Optional<ErrorKind> told = failedDeletion(() -> place.delete("parix-b1-1-1", CALL));
        pass();
        boolean there = state(place) != State.GONE;
        requireNoGuess(told, !there);
        assertThat(place.delete("parix-b1-1-1", CALL))
                .isEqualTo(there ? new DeleteOutcome.Deleted() : new DeleteOutcome.Absent());
        pass();
        assertThat(state(place)).isEqualTo(State.GONE);
        if (capabilities().listByLabel()) {
            assertThat(place.list(LABELS, null, CALL)).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "VOL-18 a deletion of a volume whose answer is lost is told likewise, asked again it is absent, and its snapshot stays")
    default void doesNotGuessAboutDeletedVolumes() throws Exception {
        assumeTrue(capabilities().materialize(), "not applicable: the place does not claim to make volumes");
        VolumeSnapshots place = losingWithSnapshot();
        Optional<ErrorKind> unused = failure(() -> make(place));
        pass();
        make(place);
        pass();
        assertThat(make(place)).isPresent();
        Optional<ErrorKind> told = failedDeletion(() -> place.deleteVolume("v-1", CALL));
        pass();
        List<String> left = capabilities().listByLabel() ? place.volumes(LABELS, null, CALL) : List.of();
        DeleteOutcome again = place.deleteVolume("v-1", CALL);
        assertThat(again).isIn(new DeleteOutcome.Deleted(), new DeleteOutcome.Absent());
        boolean there = again.equals(new DeleteOutcome.Deleted());
        requireNoGuess(told, !there);
        assertThat(there || left.isEmpty()).as("what is listed is there").isTrue();
        pass();
        assertThat(place.deleteVolume("v-1", CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(state(place)).isEqualTo(State.USABLE);
    }
}
