package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.refused;
import static io.parix.backup.testkit.contract.VolumeSnapshotsContract.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.util.List;
import java.util.Optional;
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
        return place.materialize(new VolumeRequest("v-1", "parix-b1-1-1", placement(), LABELS), CALL);
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

    @Test
    @DisplayName("VOL-15 a place in which none may be made denies it, and none is made")
    default void saysThatItIsForbidden() throws Exception {
        Optional<VolumeSnapshots> forbidden = forbidden();
        assumeTrue(forbidden.isPresent(), "not verified: the fixture has no forbidden place");
        VolumeSnapshots place = forbidden.get();
        refused(() -> ask(place), ErrorKind.DENIED);
        pass();
        assertThat(state(place)).isEqualTo(State.GONE);
    }

    @Test
    @DisplayName(
            "VOL-16 a request whose answer is lost is of unknown outcome, unless a look told it, and there is one snapshot")
    default void doesNotGuess() throws Exception {
        Optional<VolumeSnapshots> losing = lostAnswer();
        assumeTrue(losing.isPresent(), "not verified: the fixture has no place whose answers are lost");
        VolumeSnapshots place = losing.get();
        Throwable lost = catchThrowable(() -> ask(place));
        pass();
        if (lost == null) {
            assertThat(state(place)).as("what was answered").isNotEqualTo(State.GONE);
        } else if (state(place) == State.GONE) {
            refused(
                    () -> {
                        throw lost;
                    },
                    ErrorKind.OUTCOME_UNKNOWN,
                    ErrorKind.UNAVAILABLE);
        } else {
            refused(
                    () -> {
                        throw lost;
                    },
                    ErrorKind.OUTCOME_UNKNOWN);
        }
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
}
