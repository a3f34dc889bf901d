package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeEbsSnapshot;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps a snapshot from being deleted, and what only seems to. */
class AwsSnapshotDeleteTest {
    private static final String NAME = "parix-b1-1-0";
    private static final String FRESH = "parix-b1-1-1";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @BeforeEach
    void make() {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.forget();
    }

    @AfterEach
    void close() {
        volumes.close();
    }

    private FakeEbsSnapshot made() {
        return volumes.server.ebs().snapshots(TAG, NAME).get(0);
    }

    private Instant lockForADay(String mode) {
        Instant until = volumes.clock.instant().plus(Duration.ofDays(1));
        made().lock(until, mode);
        return until;
    }

    private ProviderException refused() {
        return catchThrowableOfType(ProviderException.class, () -> place.delete(NAME, CALL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SnapshotLocked", "OperationNotPermitted", "UnauthorizedOperation", "Nobody.KnowsIt"})
    @DisplayName("H10 a locked snapshot says until when, by whichever code EC2 keeps it, and is deleted after it")
    void saysUntilWhen(String code) {
        volumes.server.ebs().lockedCode(code);
        for (String mode : new String[] {"governance", "compliance", "compliance-cooloff"}) {
            Instant until = lockForADay(mode);
            assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Locked(until));
        }
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.USABLE);
        volumes.clock.advance(Duration.ofDays(1));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SnapshotLocked", "UnauthorizedOperation"})
    @DisplayName("H10 a lock that may not be looked at counts as one without an end")
    void takesTheUnknownForLocked(String code) {
        volumes.server.ebs().lockedCode(code);
        lockForADay("governance");
        volumes.server.forbid(Set.of("ec2:DescribeLockedSnapshots"));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Locked(null));
    }

    @Test
    @DisplayName("H10 a look at a lock that gets no answer is no answer about the deletion")
    void doesNotGuess() {
        lockForADay("governance");
        volumes.server.next("DescribeLockedSnapshots", FakeEc2.error(503, "RequestLimitExceeded"));
        assertThat(refused().kind()).isEqualTo(ErrorKind.THROTTLED);
    }

    @Test
    @DisplayName("a missing permission is denied and names it, where there is no lock, or one that has ended")
    void namesThePermission() {
        volumes.server.forbid(Set.of("ec2:DeleteSnapshot"));
        assertThat(refused()).hasMessageEndingWith("It needs ec2:DeleteSnapshot.");
        assertThat(refused().kind()).isEqualTo(ErrorKind.DENIED);
        lockForADay("governance");
        assertThat(place.delete(NAME, CALL)).isInstanceOf(DeleteOutcome.Locked.class);
        volumes.clock.advance(Duration.ofDays(1));
        assertThat(refused().kind()).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName(
            "H5 what an image uses is in use, with EC2's words, and is deleted once nothing does; its lock is not asked for")
    void isInUse() {
        made().use();
        assertThat(place.delete(NAME, CALL)).isInstanceOfSatisfying(DeleteOutcome.Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo(ErrorKind.IN_USE);
            assertThat(failed.message()).contains("InvalidSnapshot.InUse");
        });
        assertThat(volumes.server.actions()).containsExactly("DescribeSnapshots", "DeleteSnapshot");
        made().letGo();
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("VOL-05 what is still described after its deletion is there, is accepted again, and then gone")
    void seesItGone() {
        volumes.server.ebs().lingering(Duration.ofMinutes(5));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.USABLE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        volumes.clock.advance(Duration.ofMinutes(5));
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
    }

    @Test
    @DisplayName(
            "VOL-05 B3 a snapshot that EC2 says it does not know, for it was made a moment ago, is there until it is deleted")
    void remembersWhatIsFresh() {
        volumes.server.ebs().lag(Duration.ofMinutes(4));
        volumes.ask(place, FRESH);
        assertThat(place.delete(FRESH, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.describe(FRESH, CALL).state()).isEqualTo(State.CUT);
        assertThat(place.list(FakeVolumes.LABELS, null, CALL))
                .extracting(VolumeSnapshots.Snapshot::name)
                .contains(FRESH);
        volumes.clock.advance(Duration.ofMinutes(4));
        assertThat(place.delete(FRESH, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.named(FRESH)).isZero();
        assertThat(place.describe(FRESH, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(FRESH, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("VOL-05 what is refused of a snapshot that is not described yet, or fails, is not forgotten")
    void remembersWhatIsRefused() {
        volumes.server.ebs().lag(Duration.ofMinutes(4));
        volumes.ask(place, FRESH);
        volumes.server.next("DeleteSnapshot", FakeEc2.error(400, "InvalidSnapshot.InUse"));
        assertThat(place.delete(FRESH, CALL)).isInstanceOf(DeleteOutcome.Failed.class);
        volumes.server.next("DeleteSnapshot", FakeEc2.error(400, "SnapshotLocked"));
        volumes.server.next("DescribeLockedSnapshots", FakeEc2.error(400, "InvalidSnapshot.NotFound"));
        assertThat(place.delete(FRESH, CALL)).isEqualTo(new DeleteOutcome.Locked(null));
        assertThat(place.describe(FRESH, CALL).state()).isEqualTo(State.CUT);
    }

    @Test
    @DisplayName("VOL-05 of two by a name one that is not described yet is deleted with the other, or asked for again")
    void deletesTheOneThatIsNotSeen() {
        volumes.server.ebs().lag(Duration.ofMinutes(4));
        volumes.ask(place, FRESH);
        volumes.server.ebs().add(volumes.volume, Map.of(TAG, FRESH));
        assertThat(place.delete(FRESH, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.named(FRESH)).isEqualTo(1);
        assertThat(place.describe(FRESH, CALL).state()).isEqualTo(State.CUT);
        volumes.clock.advance(Duration.ofMinutes(4));
        assertThat(place.delete(FRESH, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.named(FRESH)).isZero();
    }

    @Test
    @DisplayName("VOL-05 a lost answer to a deletion is an unknown outcome, and asking again tells")
    void losesAnAnswer() {
        volumes.server.next("DeleteSnapshot", FakeEc2.lostAnswer());
        assertThat(refused().kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName(
            "of several of a name each is deleted, and what keeps one is told: a lock before a use, and the later lock")
    void tellsTheWorst() {
        FakeEbsSnapshot second = volumes.server.ebs().add(volumes.volume, Map.of(TAG, NAME));
        FakeEbsSnapshot third = volumes.server.ebs().add(volumes.volume, Map.of(TAG, NAME));
        FakeEbsSnapshot fourth = volumes.server.ebs().add(volumes.volume, Map.of(TAG, NAME));
        Instant now = volumes.clock.instant();
        second.lock(now.plus(Duration.ofDays(2)), "governance");
        third.lock(now.plus(Duration.ofDays(1)), "governance");
        fourth.use();
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Locked(now.plus(Duration.ofDays(2))));
        assertThat(volumes.named(NAME)).isEqualTo(3);
        volumes.clock.advance(Duration.ofDays(3));
        assertThat(place.delete(NAME, CALL)).isInstanceOf(DeleteOutcome.Failed.class);
        assertThat(volumes.named(NAME)).isEqualTo(1);
    }
}
