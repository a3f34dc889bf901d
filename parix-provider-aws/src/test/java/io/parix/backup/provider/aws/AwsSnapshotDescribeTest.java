package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.TAG;
import static io.parix.backup.provider.aws.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.FakeEbsSnapshot;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is said of snapshots as EC2 describes them. */
class AwsSnapshotDescribeTest {
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    private Snapshot described() {
        return place.describe(NAME, CALL);
    }

    private FakeEbsSnapshot made() {
        volumes.ask(place, NAME);
        return volumes.server.ebs().snapshots(TAG, NAME).get(0);
    }

    @Test
    @DisplayName("B8 a pending snapshot is cut, with its progress; a completed one is usable")
    void tellsProgress() {
        made();
        volumes.clock.advance(Duration.ofSeconds(258));
        assertThat(described())
                .isEqualTo(new Snapshot(
                        NAME, State.CUT, 43, "", LABELS, described().opaque()));
        volumes.clock.advance(Duration.ofMinutes(5).plusSeconds(41));
        assertThat(described().percent()).isEqualTo(99);
        volumes.clock.advance(Duration.ofSeconds(1));
        assertThat(described().percent()).isEqualTo(100);
        assertThat(described().state()).isEqualTo(State.USABLE);
    }

    @Test
    @DisplayName("a snapshot that failed says why, in EC2's words")
    void tellsFailure() {
        volumes.server.ebs().failing(volumes.volume, "Given key ID is not accessible");
        made();
        assertThat(described().state()).isEqualTo(State.CUT);
        volumes.pass();
        assertThat(described().state()).isEqualTo(State.FAILED);
        assertThat(described().reason()).isEqualTo("Given key ID is not accessible");
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.FAILED);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("C8 what lies in the archive is not usable, and no volume is made of it")
    void tellsTheArchive() {
        made().archive();
        volumes.pass();
        assertThat(described().state()).isEqualTo(State.CUT);
        assertThat(described().percent()).isEqualTo(99);
        assertThat(catchThrowableOfType(
                        ProviderException.class,
                        () -> place.materialize(new VolumeRequest("v", NAME, ZONE, LABELS), CALL)))
                .hasMessageContaining("archive")
                .extracting(ProviderException::kind)
                .isEqualTo(ErrorKind.INVALID_REQUEST);
    }

    @Test
    @DisplayName(
            "what lies in the recycle bin is gone; what is being brought back from it, or is in a state not known, is there")
    void tellsOtherStates() {
        FakeEbsSnapshot made = made();
        volumes.pass();
        made.state("recoverable");
        assertThat(described().state()).isEqualTo(State.GONE);
        assertThat(place.list(LABELS, null, CALL)).isEmpty();
        for (String each : List.of("recovering", "a-new-state")) {
            made.state(each);
            assertThat(described().state()).isEqualTo(State.CUT);
            assertThat(place.list(LABELS, null, CALL)).hasSize(1);
        }
    }

    @Test
    @DisplayName(
            "snapshots of others are never told nor touched: a copy, one of a volume of ours with its tags, one with labels of ours only")
    void leavesOthersAlone() {
        FakeEbsSnapshot ours = made();
        volumes.server.ebs().add("vol-ffffffff", ours.tags());
        volumes.server
                .ebs()
                .add(volumes.other, Map.of("parix-volume", NAME, "parix-backup", "b1", "parix-database", "db-1"));
        volumes.server.ebs().add(volumes.other, LABELS);
        volumes.server
                .ebs()
                .add(volumes.other, Map.of(TAG, "Not Ours", "parix-backup", "b1", "parix-database", "db-1"));
        volumes.pass();
        assertThat(described().opaque()).isEqualTo(ours.id() + " of " + volumes.volume);
        assertThat(place.list(LABELS, null, CALL)).extracting(Snapshot::name).containsExactly(NAME);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(described().state()).isEqualTo(State.GONE);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(volumes.server.ebs().size()).isEqualTo(4);
    }

    @Test
    @DisplayName("tags that cannot be labels are left out of them")
    void tellsLabelsOnly() {
        volumes.server
                .ebs()
                .add(volumes.volume, Map.of(TAG, NAME, "aws:backup:source", "x", "Team", "L", "a", "b", "c", "d e"));
        assertThat(described().labels()).isEqualTo(Map.of("a", "b"));
    }

    @Test
    @DisplayName("VOL-06 a listing follows every page, short and empty ones too, and is in order though EC2 has none")
    void followsPages() {
        volumes.server.page(7);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            names.add(String.format(Locale.ROOT, "parix-b1-1-%02d", i));
            volumes.server
                    .ebs()
                    .add(volumes.volume, Map.of(TAG, names.get(i), "parix-backup", "b1", "parix-database", "db-1"));
        }
        assertThat(place.list(LABELS, null, CALL)).extracting(Snapshot::name).isEqualTo(names);
        assertThat(volumes.server.actions()).hasSize(7);
        assertThat(place.list(LABELS, names.get(37), CALL))
                .extracting(Snapshot::name)
                .isEqualTo(names.subList(38, 40));
        assertThat(place.list(Map.of(), null, CALL)).hasSize(40);
    }

    @Test
    @DisplayName("VOL-06 a listing that cannot be finished is an error")
    void listsAllOrNothing() {
        volumes.server.page(7);
        for (int i = 0; i < 20; i++) {
            volumes.server.ebs().add(volumes.volume, Map.of(TAG, "n-" + i));
        }
        volumes.server.next("DescribeSnapshots", (request, real) -> real.get());
        volumes.server.next("DescribeSnapshots", FakeEc2.error(400, "InvalidNextToken"));
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        volumes.server.next("DescribeSnapshots", (request, real) -> real.get());
        volumes.server.next("DescribeSnapshots", (request, real) -> null);
        assertThat(refusal()).isEqualTo(ErrorKind.UNAVAILABLE);
        assertThat(place.list(Map.of(), null, CALL)).hasSize(20);
    }

    private ErrorKind refusal() {
        return catchThrowableOfType(ProviderException.class, () -> place.list(Map.of(), null, CALL))
                .kind();
    }
}
