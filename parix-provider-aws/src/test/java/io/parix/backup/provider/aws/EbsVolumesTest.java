package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.ZONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.provider.aws.server.Ec2Request;
import io.parix.backup.provider.aws.server.FakeAnswer;
import io.parix.backup.provider.aws.server.FakeEbsVolume;
import io.parix.backup.provider.aws.server.FakeEc2;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Volumes that are made of snapshots. */
class EbsVolumesTest {
    private static final String NAME = "parix-b1-1-0";

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

    private Optional<String> materialize(Map<String, String> placement) {
        return place.materialize(new VolumeRequest(NAME, NAME, placement, LABELS), CALL);
    }

    private ProviderException refused(Map<String, String> placement) {
        return catchThrowableOfType(ProviderException.class, () -> materialize(placement));
    }

    private List<FakeEbsVolume> made() {
        return volumes.server.ebs().volumes("parix-volume", NAME);
    }

    private Ec2Request asked() {
        return volumes.server.requests().stream()
                .filter(each -> each.action().equals("CreateVolume"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("VOL-07 a volume is asked for once, with its name as token, and is there once EC2 says so")
    void makesOne() {
        assertThat(materialize(ZONE)).isEmpty();
        assertThat(materialize(ZONE)).isEmpty();
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(materialize(ZONE)).contains(made().get(0).id());
        made().get(0).attach();
        assertThat(materialize(ZONE)).contains(made().get(0).id());
        assertThat(volumes.server.actions())
                .containsOnlyOnce("CreateVolume")
                .startsWith("DescribeSnapshots", "DescribeVolumes", "CreateVolume");
        assertThat(asked().parameters()).containsEntry("ClientToken", NAME).doesNotContainKeys("Encrypted", "KmsKeyId");
        assertThat(made().get(0).tags()).containsAllEntriesOf(LABELS).containsEntry("Name", NAME);
    }

    @Test
    @DisplayName("VOL-07 each word of a placement is said")
    void saysWhere() {
        materialize(Map.of(
                "zone",
                "eu-central-1b",
                "type",
                "gp3",
                "iops",
                "4000",
                "throughput",
                "250",
                "kms-key",
                "alias/ledger"));
        assertThat(asked().parameters())
                .containsEntry("AvailabilityZone", "eu-central-1b")
                .containsEntry("VolumeType", "gp3")
                .containsEntry("Iops", "4000")
                .containsEntry("Throughput", "250")
                .containsEntry("Encrypted", "true")
                .containsEntry("KmsKeyId", "alias/ledger");
    }

    @Test
    @DisplayName(
            "VOL-07 a placement without a zone, with an unknown word or a wrong one is refused, and nothing is made")
    void refusesAWrongPlacement() {
        for (Map<String, String> each : List.<Map<String, String>>of(
                Map.of(),
                Map.of("zone", " "),
                Map.of("zone", "eu-central-1a", "colour", "blue"),
                Map.of("zone", "eu-central-1a", "iops", "many"),
                Map.of("zone", "eu-central-1a", "throughput", "0"),
                Map.of("zone", "eu-central-1a", "encrypted", "yes"),
                Map.of("zone", "eu-central-1a", "encrypted", "false", "kms-key", "alias/ledger"))) {
            assertThat(refused(each).kind()).as(each.toString()).isEqualTo(ErrorKind.INVALID_REQUEST);
        }
        assertThat(refused(Map.of("zone", "eu-central-1x")))
                .hasMessageContaining("InvalidZone.NotFound")
                .hasMessageContaining("no such zone");
        assertThat(made()).isEmpty();
    }

    @Test
    @DisplayName("VOL-07 a lost answer is asked again by the same token, described or not, and makes no second volume")
    void makesNoSecondOne() {
        volumes.server.ebs().lag(Duration.ofMinutes(10));
        volumes.server.next("CreateVolume", FakeEc2.lostAnswer());
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(materialize(ZONE)).isEmpty();
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(materialize(ZONE)).contains(made().get(0).id());
        assertThat(made()).hasSize(1);
    }

    @Test
    @DisplayName(
            "VOL-07 a name that was asked for otherwise a moment ago is a conflict, and so is one that is being deleted")
    void isAConflict() {
        volumes.server.ebs().lag(Duration.ofMinutes(1));
        materialize(ZONE);
        assertThat(refused(Map.of("zone", "eu-central-1b")).kind()).isEqualTo(ErrorKind.CONFLICT);
        volumes.clock.advance(Duration.ofMinutes(1));
        volumes.server.ebs().lingering(Duration.ofMinutes(1));
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(refused(ZONE)).hasMessageContaining("is being deleted");
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.CONFLICT);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        // EC2 remembers the token longer than the volume lives.
        assertThat(refused(ZONE).kind()).isEqualTo(ErrorKind.CONFLICT);
    }

    @Test
    @DisplayName(
            "a volume whose key may not be used is refused with that hint, told apart from a refusal, and can be deleted")
    void tellsABadKey() {
        Map<String, String> encrypted = Map.of("zone", "eu-central-1a", "kms-key", "alias/gone");
        volumes.server.ebs().badKey("alias/gone");
        assertThat(materialize(encrypted)).isEmpty();
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(refused(encrypted))
                .hasMessageContaining("KMS key")
                .hasMessageContaining(made().get(0).id());
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.server.next("CreateVolume", FakeEc2.error(400, "CustomerKeyHasBeenRevoked"));
        ProviderException revoked = catchThrowableOfType(
                ProviderException.class,
                () -> place.materialize(new VolumeRequest("other", NAME, encrypted, LABELS), CALL));
        assertThat(revoked.kind()).isEqualTo(ErrorKind.DENIED);
        assertThat(revoked).hasMessageContaining("grants").hasMessageContaining("the use of the KMS key");
    }

    @Test
    @DisplayName("VOL-11 the deletion of a volume that is being made is accepted, and done once EC2 lets go of it")
    void deletesWhatIsBeingMade() {
        materialize(ZONE);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(made()).hasSize(1);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(made()).isEmpty();
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
    }

    @Test
    @DisplayName("VOL-11 B3 a volume that EC2 says it does not know, for it was made a moment ago, is not forgotten")
    void remembersWhatIsFresh() {
        volumes.server.ebs().lag(Duration.ofMinutes(1));
        volumes.server.ebs().creating(Duration.ZERO);
        materialize(ZONE);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly(NAME);
        assertThat(made()).hasSize(1);
        volumes.clock.advance(Duration.ofMinutes(1));
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(made()).isEmpty();
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(place.volumes(LABELS, null, CALL)).isEmpty();
    }

    @Test
    @DisplayName("VOL-11 one that was attached after it was looked at is in use by EC2's word")
    void isInUse() {
        materialize(ZONE);
        volumes.clock.advance(Duration.ofMinutes(1));
        volumes.server.next("DescribeVolumes", (request, real) -> {
            FakeAnswer before = real.get();
            made().get(0).attach();
            return before;
        });
        assertThat(place.deleteVolume(NAME, CALL))
                .isInstanceOfSatisfying(
                        DeleteOutcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("VolumeInUse"));
        made().get(0).detach();
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName(
            "VOL-12 a volume that is not described yet is listed, and deleted; one whose answer was lost makes both wait")
    void knowsWhatItMade() {
        volumes.server.ebs().lag(Duration.ofMinutes(1));
        volumes.server.ebs().knowWhatIsFresh();
        volumes.server.ebs().creating(Duration.ZERO);
        materialize(ZONE);
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly(NAME);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(made()).isEmpty();
        volumes.server.next("CreateVolume", (request, real) -> null);
        ProviderException lost = catchThrowableOfType(
                ProviderException.class, () -> place.materialize(new VolumeRequest("lost", NAME, ZONE, LABELS), CALL));
        assertThat(lost.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.volumes(LABELS, null, CALL))
                        .kind())
                .isEqualTo(ErrorKind.THROTTLED);
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.deleteVolume("lost", CALL))
                        .kind())
                .isEqualTo(ErrorKind.THROTTLED);
        volumes.clock.advance(Recent.SETTLING);
        assertThat(place.volumes(LABELS, null, CALL)).isEmpty();
        assertThat(place.deleteVolume("lost", CALL)).isEqualTo(new DeleteOutcome.Absent());
    }
}
