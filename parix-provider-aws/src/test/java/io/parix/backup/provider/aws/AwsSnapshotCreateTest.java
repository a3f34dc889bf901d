package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeEbsSnapshot;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.Snapshot;
import io.parix.backup.spi.VolumeSnapshots.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One snapshot of a name, though EC2 takes no token, loses answers, and describes late what it has made. */
class AwsSnapshotCreateTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    private ProviderException refused() {
        return catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME));
    }

    private List<String> ids() {
        return volumes.server.ebs().snapshots(TAG, NAME).stream()
                .map(FakeEbsSnapshot::id)
                .toList();
    }

    @Test
    @DisplayName("B6 a snapshot is looked for, made with its name and labels as tags, and looked for again")
    void looksBeforeAndAfter() {
        Snapshot made = place.request(NAME, volumes.volume, LABELS, CALL);
        assertThat(volumes.server.actions())
                .containsExactly("DescribeSnapshots", "CreateSnapshot", "DescribeSnapshots");
        assertThat(volumes.server.ebs().snapshots(TAG, NAME).get(0).tags())
                .containsAllEntriesOf(LABELS)
                .containsEntry("Name", NAME)
                .hasSize(4);
        assertThat(made)
                .isEqualTo(new Snapshot(NAME, State.CUT, 0, "", LABELS, ids().get(0) + " of " + volumes.volume));
        volumes.server.forget();
        assertThat(volumes.ask(place, NAME)).isEqualTo(made);
        assertThat(volumes.server.actions()).containsExactly("DescribeSnapshots");
    }

    @Test
    @DisplayName("tags of the settings are on snapshots too, and give way to names and labels")
    void tagsAsItIsTold() {
        Map<String, String> tags = Map.of(
                "tag.team", "ledger & <sons>", "tag.Name", "ours", "tag.parix-backup", "stray", "tag." + TAG, "x");
        Map<String, String> settings = new HashMap<>(tags);
        settings.put("tag.team", "ledger: a+b=c");
        volumes.ask(volumes.placeVia(volumes.server.uri(), settings), NAME);
        assertThat(volumes.server.ebs().snapshots(TAG, NAME).get(0).tags())
                .containsEntry("team", "ledger: a+b=c")
                .containsEntry("Name", "ours")
                .containsEntry("parix-backup", "b1")
                .containsEntry(TAG, NAME);
    }

    @Test
    @DisplayName("a lost answer is looked after at once: what was made is the answer")
    void findsWhatWasMade() {
        volumes.server.next("CreateSnapshot", FakeEc2.lostAnswer());
        assertThat(volumes.ask(place, NAME).opaque()).isEqualTo(ids().get(0) + " of " + volumes.volume);
        assertThat(ids()).hasSize(1);
    }

    @Test
    @DisplayName(
            "a lost answer to what is not described yet is unknown; asked again the name waits, and what shows up is adopted")
    void waitsForWhatShowsUp() {
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        volumes.server.next("CreateSnapshot", FakeEc2.lostAnswer());
        assertThat(refused().kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        volumes.clock.advance(Duration.ofSeconds(30));
        ProviderException waits = refused();
        assertThat(waits.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(waits.retryAfter()).contains(Recent.SETTLING.minusSeconds(30));
        assertThat(waits).hasMessageContaining("was lost");
        volumes.clock.advance(Duration.ofSeconds(30));
        assertThat(volumes.ask(place, NAME).opaque()).startsWith(ids().get(0));
        assertThat(ids()).hasSize(1);
    }

    @Test
    @DisplayName("a lost answer to what was never done is asked again once silence says so")
    void asksAgain() {
        volumes.server.next("CreateSnapshot", (request, real) -> null);
        assertThat(refused().kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        volumes.clock.advance(Recent.SETTLING.minusSeconds(1));
        assertThat(refused().kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(ids()).isEmpty();
        volumes.clock.advance(Duration.ofSeconds(1));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUT);
        assertThat(ids()).hasSize(1);
    }

    @Test
    @DisplayName("a request that is interrupted on its way is cancelled, and counts as lost: what it made is found")
    void survivesInterrupts() {
        volumes.server.ebs().lag(Duration.ofSeconds(50));
        Thread caller = Thread.currentThread();
        volumes.server.next("CreateSnapshot", (request, real) -> {
            FakeAnswer answer = real.get();
            caller.interrupt();
            return answer;
        });
        assertThat(refused().kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(refused().kind()).isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(volumes.ask(place, NAME).opaque()).startsWith(ids().get(0));
        assertThat(ids()).hasSize(1);
    }

    @Test
    @DisplayName(
            "while it is not known whether there is one, none is described as gone, deleted as absent or left out of a list")
    void saysNothingItDoesNotKnow() {
        volumes.server.next("CreateSnapshot", (request, real) -> null);
        refused();
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                () -> place.describe(NAME, CALL),
                () -> place.delete(NAME, CALL),
                () -> place.list(LABELS, null, CALL))) {
            assertThat(catchThrowableOfType(ProviderException.class, each).kind())
                    .isEqualTo(ErrorKind.THROTTLED);
        }
        assertThat(place.list(Map.of("parix-backup", "b2"), null, CALL)).isEmpty();
        volumes.clock.advance(Recent.SETTLING);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("what was made and is not described yet is asked for, described, listed and deleted as if it were")
    void knowsWhatItMade() {
        volumes.server.ebs().lag(Duration.ofMinutes(1));
        volumes.server.ebs().knowWhatIsFresh();
        Snapshot made = volumes.ask(place, NAME);
        assertThat(volumes.ask(place, NAME)).isEqualTo(made);
        assertThat(place.describe(NAME, CALL)).isEqualTo(made);
        assertThat(place.list(LABELS, null, CALL)).containsExactly(made);
        assertThat(ids()).hasSize(1);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(ids()).isEmpty();
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
    }

    @Test
    @DisplayName(
            "of two by one name, made by sessions that did not see each other's, the first is adopted and the other told")
    void adoptsTheFirst() {
        volumes.server.ebs().lag(Duration.ofMinutes(3));
        volumes.ask(place, NAME);
        volumes.clock.advance(Duration.ofSeconds(1));
        VolumeSnapshots other = volumes.place();
        assertThat(volumes.ask(other, NAME).opaque()).isEqualTo(ids().get(1) + " of " + volumes.volume);
        volumes.clock.advance(Duration.ofMinutes(4));
        String note = ids().get(0) + " of " + volumes.volume + ", not " + ids().get(1) + " of the same name";
        for (VolumeSnapshots each : List.of(place, other)) {
            assertThat(each.describe(NAME, CALL).opaque()).isEqualTo(note);
            assertThat(each.list(LABELS, null, CALL))
                    .extracting(Snapshot::opaque)
                    .containsExactly(note);
            assertThat(volumes.ask(each, NAME).opaque()).isEqualTo(note);
        }
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(ids()).isEmpty();
    }

    @Test
    @DisplayName("eight that race for one name adopt the same one, and deleting leaves none")
    void agrees() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Snapshot>> asked = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            VolumeSnapshots each = i % 2 == 0 ? place : volumes.place();
            asked.add(threads.submit(() -> {
                start.await(1, TimeUnit.MINUTES);
                return volumes.ask(each, NAME);
            }));
        }
        start.countDown();
        for (Future<Snapshot> each : asked) {
            assertThat(each.get(1, TimeUnit.MINUTES).state()).isEqualTo(State.CUT);
        }
        threads.shutdown();
        assertThat(new HashSet<>(
                        List.of(place.describe(NAME, CALL), volumes.place().describe(NAME, CALL))))
                .singleElement()
                .satisfies(one -> assertThat(one.opaque()).startsWith(ids().get(0) + " "));
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(volumes.server.ebs().size()).isZero();
    }

    @Test
    @DisplayName("a look afterwards that fails takes nothing back")
    void keepsWhatItMade() {
        volumes.server.next("DescribeSnapshots", (request, real) -> real.get());
        volumes.server.next("DescribeSnapshots", FakeEc2.error(503, "RequestLimitExceeded"));
        assertThat(volumes.ask(place, NAME).opaque()).startsWith(ids().get(0));
        volumes.server.next("CreateSnapshot", FakeEc2.lostAnswer());
        volumes.server.next("DescribeSnapshots", (request, real) -> real.get());
        volumes.server.next("DescribeSnapshots", FakeEc2.error(500, "InternalError"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, "other"))
                        .kind())
                .isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(volumes.ask(place, "other").state()).isEqualTo(State.CUT);
        assertThat(volumes.named("other")).isEqualTo(1);
    }

    @Test
    @DisplayName("VOL-04 each limit of a volume is what EC2 says it is, makes nothing, and passes")
    void delays() {
        volumes.server.ebs().between(Duration.ofSeconds(15));
        volumes.ask(place, "first");
        ProviderException rate = refused();
        assertThat(rate.kind()).isEqualTo(ErrorKind.THROTTLED);
        assertThat(rate.retryAfter()).contains(Duration.ofSeconds(15));
        assertThat(ids()).isEmpty();
        volumes.clock.advance(Duration.ofSeconds(15));
        volumes.server.ebs().pendingPerVolume(2);
        volumes.ask(place, NAME);
        volumes.clock.advance(Duration.ofSeconds(15));
        // One that is deleted while it is pending counts until it would have been completed.
        place.delete("first", CALL);
        ProviderException pending = catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, "third"));
        assertThat(pending.kind()).isEqualTo(ErrorKind.QUOTA);
        assertThat(pending).hasMessageContaining("pending").hasMessageContaining("third");
        volumes.clock.advance(Duration.ofMinutes(10));
        assertThat(volumes.ask(place, "third").state()).isEqualTo(State.CUT);
    }

    @Test
    @DisplayName("a volume that is not there, or is none, is refused and makes nothing")
    void refusesStrangeVolumes() {
        for (String each : List.of("vol-0123456789abcdef0", "sda1", "")) {
            assertThat(catchThrowableOfType(ProviderException.class, () -> place.request(NAME, each, LABELS, CALL))
                            .kind())
                    .isIn(ErrorKind.NOT_FOUND, ErrorKind.INVALID_REQUEST);
        }
        assertThat(volumes.server.ebs().size()).isZero();
    }

    @Test
    @DisplayName("a name or a label with a wildcard of EC2's filters, or of tags of ours, is refused before it is sent")
    void refusesWildcards() {
        for (String name : List.of("*", "parix-?", "", "a".repeat(64), "Upper", "a b")) {
            assertThat(catchThrowableOfType(ProviderException.class, () -> place.describe(name, CALL))
                            .kind())
                    .isEqualTo(ErrorKind.INVALID_REQUEST);
        }
        for (Map<String, String> labels :
                List.of(Map.of("a", "*"), Map.of("1a", "b"), Map.of(TAG, "x"), Map.of("parix-volume", "x"))) {
            assertThat(catchThrowableOfType(ProviderException.class, () -> place.list(labels, null, CALL))
                            .kind())
                    .isEqualTo(ErrorKind.INVALID_REQUEST);
        }
        assertThat(volumes.server.requests()).isEmpty();
    }
}
