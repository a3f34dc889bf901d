package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.TAG;
import static io.parix.backup.provider.aws.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.provider.aws.server.FakeEc2.Trouble;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of a server that has failed, which may come after what was asked for was done. */
class AwsSnapshotDoubtTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    private static ProviderException refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call);
    }

    /** Does what should happen, and then fails. */
    private static Trouble doneAnd(int status, String code, Map<String, String> headers) {
        Trouble failing = FakeEc2.error(status, code, headers);
        return (request, real) -> {
            FakeAnswer unused = real.get();
            return failing.of(request, real);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError, ''",
        "500, InternalFailure, ''",
        "503, Unavailable, ''",
        "503, ServiceUnavailable, ''",
        "503, ServiceUnavailable, 20",
        "503, Nobody.KnowsIt, ''",
        "503, '', 20"
    })
    @DisplayName(
            "VOL-16 a server that fails after it has made a snapshot leaves one: the outcome is unknown, and the name waits for it")
    void makesNoSecondOne(int status, String code, String wait) {
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.next(
                "CreateSnapshot", doneAnd(status, code, wait.isEmpty() ? Map.of() : Map.of("Retry-After", wait)));
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        volumes.clock.advance(Duration.ofSeconds(30));
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(refused(() -> place.describe(NAME, CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(refused(() -> place.delete(NAME, CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(refused(() -> place.list(LABELS, null, CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofSeconds(30));
        String id = volumes.server.ebs().snapshots(TAG, NAME).get(0).id();
        assertThat(volumes.ask(place, NAME).opaque()).isEqualTo(id + " of " + volumes.volume);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, Unavailable", "503, ServiceUnavailable"})
    @DisplayName("VOL-16 what is described at once although the server failed is the answer")
    void findsWhatWasMade(int status, String code) {
        volumes.server.next("CreateSnapshot", doneAnd(status, code, Map.of()));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUT);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"503, RequestLimitExceeded", "400, Throttling", "400, SnapshotCreationPerVolumeRateExceeded"})
    @DisplayName("VOL-04 a limit has done nothing: it is throttled, and its name need not wait for anything else")
    void doesNotDoubtALimit(int status, String code) {
        volumes.server.next("CreateSnapshot", FakeEc2.error(status, code));
        assertThat(refused(() -> volumes.ask(place, NAME)).kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUT);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, Unavailable", "503, ServiceUnavailable"})
    @DisplayName("VOL-07 VOL-12 a volume of which the server's failure does not tell is neither absent nor made twice")
    void makesNoSecondVolume(int status, String code) {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.next("CreateVolume", doneAnd(status, code, Map.of()));
        VolumeRequest wanted = new VolumeRequest("v", NAME, ZONE, LABELS);
        assertThat(refused(() -> place.materialize(wanted, CALL)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(refused(() -> place.deleteVolume("v", CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(refused(() -> place.volumes(LABELS, null, CALL)).kind()).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofMinutes(2));
        assertThat(place.materialize(wanted, CALL)).isPresent();
        assertThat(volumes.server.ebs().volumes("parix-volume", "v")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"500, InternalError", "503, Unavailable", "503, ServiceUnavailable"})
    @DisplayName(
            "VOL-05 VOL-11 a deletion of which the server's failure does not tell is unknown, and asked again tells")
    void asksAgainWhatIsGone(int status, String code) {
        volumes.ask(place, NAME);
        volumes.pass();
        place.materialize(new VolumeRequest("v", NAME, ZONE, LABELS), CALL);
        volumes.pass();
        volumes.server.next("DeleteVolume", doneAnd(status, code, Map.of()));
        assertThat(refused(() -> place.deleteVolume("v", CALL)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.deleteVolume("v", CALL)).isEqualTo(new DeleteOutcome.Absent());
        volumes.server.next("DeleteSnapshot", doneAnd(status, code, Map.of()));
        assertThat(refused(() -> place.delete(NAME, CALL)).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    /** What a second call hears while a first one is under way. */
    private Trouble doneAndMeanwhile(Runnable meanwhile) {
        return (request, real) -> {
            FakeAnswer answer = real.get();
            meanwhile.run();
            return answer;
        };
    }

    @Test
    @DisplayName("VOL-05 VOL-16 a deletion does not forget what another call has lost meanwhile")
    void keepsWhatOthersLost() {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.next("DeleteSnapshot", doneAndMeanwhile(() -> {
            volumes.server.next("CreateSnapshot", FakeEc2.lostAnswer());
            refused(() -> volumes.ask(place, NAME));
        }));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(refused(() -> place.describe(NAME, CALL)))
                .extracting(ProviderException::kind)
                .isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(volumes.named(NAME)).isZero();
    }

    @Test
    @DisplayName("VOL-05 a deletion does not forget what another call has made meanwhile")
    void keepsWhatOthersMade() {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.next("DeleteSnapshot", doneAndMeanwhile(() -> volumes.ask(place, NAME)));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.named(NAME)).isEqualTo(1);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.CUT);
    }

    @Test
    @DisplayName("VOL-16 of two calls by a name, one that is answered does not make up for one that is not")
    void keepsBoth() {
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.ebs().knowWhatIsFresh();
        volumes.server.next("CreateSnapshot", doneAndMeanwhile(() -> {
            volumes.server.next("CreateSnapshot", FakeEc2.lostAnswer());
            refused(() -> volumes.ask(place, NAME));
        }));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUT);
        assertThat(volumes.named(NAME)).isEqualTo(2);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(refused(() -> place.describe(NAME, CALL)))
                .extracting(ProviderException::kind)
                .isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.named(NAME)).isZero();
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
    }

    @Test
    @DisplayName("VOL-16 nor does one that is not answered hide one that is")
    void keepsWhatWasMade() {
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.next("CreateSnapshot", (request, real) -> {
            FakeAnswer unused = real.get();
            volumes.server.ebs().lag(Duration.ofMinutes(4));
            volumes.ask(place, NAME);
            return null;
        });
        refused(() -> volumes.ask(place, NAME));
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.named(NAME)).isEqualTo(1);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.CUT);
        volumes.clock.advance(Duration.ofMinutes(4));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.named(NAME)).isZero();
    }

    @Test
    @DisplayName("VOL-11 VOL-12 the deletion of a volume does not forget one that another call has lost meanwhile")
    void keepsVolumesThatOthersLost() {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.ebs().creating(Duration.ZERO);
        VolumeRequest wanted = new VolumeRequest("v", NAME, ZONE, LABELS);
        place.materialize(wanted, CALL);
        volumes.pass();
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.next("DeleteVolume", doneAndMeanwhile(() -> {
            volumes.server.next("CreateVolume", (request, real) -> null);
            refused(() -> place.materialize(wanted, CALL));
        }));
        assertThat(place.deleteVolume("v", CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(refused(() -> place.deleteVolume("v", CALL)))
                .extracting(ProviderException::kind)
                .isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Recent.SETTLING);
        assertThat(place.deleteVolume("v", CALL)).isEqualTo(new DeleteOutcome.Absent());
    }
}
