package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static io.parix.backup.provider.gcp.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
import io.parix.backup.servers.gcs.FakeAnswer;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests of which nothing was heard, beside operations that say something, and others that say nothing of them. */
class GcpUnheardTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    private static ErrorKind refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call).kind();
    }

    private void materialize() {
        place.materialize(new VolumeRequest("v", NAME, ZONE, LABELS), CALL);
    }

    @Test
    @DisplayName(
            "B3 VOL-05 an operation of an earlier request for the name does not make a later one, which was lost, gone")
    void heedsNoEarlierOperation() {
        volumes.server.disks().failNext("RESOURCE_OPERATION_RATE_EXCEEDED", Duration.ZERO);
        assertThat(refused(() -> volumes.ask(place, NAME))).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofMinutes(10));
        volumes.server.next("snapshots.insert", (request, real) -> null);
        assertThat(refused(() -> volumes.ask(place, NAME))).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(refused(() -> place.describe(NAME, CALL))).isEqualTo(ErrorKind.THROTTLED);
        assertThat(refused(() -> place.delete(NAME, CALL))).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Unheard.SETTLING);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName(
            "B3 VOL-11 an operation of an earlier request for a disk does not make a later one, which was lost, absent")
    void heedsNoEarlierOperationOfADisk() {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.disks().failNext("ZONE_RESOURCE_POOL_EXHAUSTED", Duration.ZERO);
        assertThat(refused(this::materialize)).isEqualTo(ErrorKind.QUOTA);
        volumes.clock.advance(Duration.ofMinutes(10));
        volumes.server.next("disks.insert", (request, real) -> null);
        assertThat(refused(this::materialize)).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(refused(() -> place.deleteVolume("v", CALL))).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Unheard.SETTLING);
        assertThat(place.deleteVolume("v", CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("VOL-05 what was accepted and is not listed yet waits, and the operation that it became settles it")
    void heedsItsOwnOperation() {
        volumes.server.disks().lag(Duration.ofSeconds(5));
        volumes.server.disks().failNext("QUOTA_EXCEEDED", Duration.ZERO);
        assertThat(refused(() -> volumes.ask(place, NAME))).isEqualTo(ErrorKind.THROTTLED);
        volumes.server.next("operations.list", (request, real) -> FakeAnswer.json(new JsonObject()));
        assertThat(refused(() -> place.delete(NAME, CALL))).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofSeconds(5));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName(
            "B3 VOL-05 VOL-11 what begins and ends between a look for it and one for its operation is found, and is not gone")
    void looksOnceMore() {
        volumes.server.next("snapshots.get", (request, real) -> {
            FakeAnswer before = real.get();
            volumes.ask(volumes.place(), NAME);
            volumes.pass();
            return before;
        });
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.USABLE);
        volumes.server.next("snapshots.get", (request, real) -> FakeAnswer.error(404, "notFound"));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.pass();
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());

        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.next("disks.aggregatedList", (request, real) -> {
            FakeAnswer before = real.get();
            materialize();
            volumes.pass();
            return before;
        });
        assertThat(place.deleteVolume("v", CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.pass();
        assertThat(place.deleteVolume("v", CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("VOL-09 a call that was given up before its request was sent leaves no name waiting")
    void remembersNothingThatWasNotSent() {
        AtomicBoolean givenUp = new AtomicBoolean();
        volumes.server.next("operations.list", (request, real) -> {
            givenUp.set(true);
            return real.get();
        });
        CallContext leaving =
                new CallContext(Duration.ofMinutes(1), givenUp::get, "job-1", CallContext.Purpose.SNAPSHOT);
        assertThat(refused(() -> place.request(NAME, volumes.volume, LABELS, leaving)))
                .isEqualTo(ErrorKind.CANCELLED);
        assertThat(volumes.server.operations()).doesNotContain("snapshots.insert");
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }
}
