package io.parix.backup.provider.aws;

import static io.parix.backup.provider.aws.FakeVolumes.CALL;
import static io.parix.backup.provider.aws.FakeVolumes.LABELS;
import static io.parix.backup.provider.aws.FakeVolumes.TAG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.VolumeSnapshots.State;
import io.parix.backup.spi.VolumeSnapshots.VolumeRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What each role needs of EC2, as the page about snapshots says: it is enough, and no other request is made. */
class AwsSnapshotPermissionsTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "aws-ebs.md");
    private static final Pattern ACTION = Pattern.compile("\"((?:ec2|kms):[A-Za-z]+)\"");
    private static final String NAME = "parix-b1-1-0";
    private static final Map<String, String> ENCRYPTED = Map.of("zone", "eu-central-1a", "kms-key", "alias/ledger");

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    /** The actions in the policy under a heading of the page; those of conditions are in no list of actions. */
    private static Set<String> policy(String role) throws IOException {
        String page = Files.readString(PAGE);
        String policy = page.substring(page.indexOf("### " + role));
        policy = policy.substring(0, policy.indexOf("```\n"));
        return ACTION.matcher(policy.replaceAll("\"Condition\".*", ""))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }

    private Set<String> asked() {
        return new TreeSet<>(volumes.server.actions());
    }

    private ErrorKind refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call).kind();
    }

    private VolumeRequest wanted() {
        return new VolumeRequest(NAME, NAME, ENCRYPTED, LABELS);
    }

    @Test
    @DisplayName(
            "the policy of a writer of snapshots is enough for asking, describing and listing, and not for deleting")
    void letsTheWriterAsk() throws IOException {
        volumes.server.allowOnly(policy("Writer of snapshots"));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUT);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.CUT);
        assertThat(place.list(LABELS, null, CALL)).hasSize(1);
        assertThat(asked()).containsExactly("CreateSnapshot", "DescribeSnapshots");
        // Whether it is locked may not be looked at either, so that it counts as locked.
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Locked(null));
        assertThat(volumes.named(NAME)).isEqualTo(1);
        assertThat(refused(() -> place.deleteVolume(NAME, CALL))).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName(
            "the policy of a reader of volumes is enough for making and deleting them, encrypted ones too, and not for snapshots")
    void letsTheReaderMakeVolumes() throws IOException {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.forget();
        volumes.server.allowOnly(policy("Reader of volumes"));
        assertThat(place.materialize(wanted(), CALL)).isEmpty();
        volumes.pass();
        assertThat(place.materialize(wanted(), CALL)).isPresent();
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly(NAME);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(asked()).containsExactly("CreateVolume", "DeleteVolume", "DescribeSnapshots", "DescribeVolumes");
        assertThat(refused(() -> volumes.ask(place, "other"))).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName(
            "the policy of a sweeper of snapshots is enough for clean-up, locks and volumes included, and not for asking")
    void letsTheSweeperDelete() throws IOException {
        volumes.ask(place, NAME);
        volumes.pass();
        place.materialize(wanted(), CALL);
        volumes.pass();
        volumes.server
                .ebs()
                .snapshots(TAG, NAME)
                .get(0)
                .lock(volumes.clock.instant().plus(Duration.ofHours(1)), "compliance");
        volumes.server.forget();
        volumes.server.allowOnly(policy("Sweeper of snapshots"));
        assertThat(place.volumes(LABELS, null, CALL)).hasSize(1);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.list(LABELS, null, CALL)).hasSize(1);
        assertThat(place.delete(NAME, CALL)).isInstanceOf(DeleteOutcome.Locked.class);
        volumes.pass();
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(asked())
                .containsExactly(
                        "DeleteSnapshot",
                        "DeleteVolume",
                        "DescribeLockedSnapshots",
                        "DescribeSnapshots",
                        "DescribeVolumes");
        assertThat(refused(() -> volumes.ask(place, NAME))).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName("SPI-75 what is denied names the permission of the request that was, and leaves nothing")
    void namesWhatItNeeds() {
        volumes.server.forbid(Set.of("ec2:CreateTags"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME)))
                .hasMessageEndingWith("It needs ec2:CreateSnapshot, ec2:CreateTags.");
        assertThat(volumes.server.ebs().size()).isZero();
        volumes.server.forbid(Set.of("ec2:DescribeSnapshots"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME)))
                .hasMessageEndingWith("It needs ec2:DescribeSnapshots.");
        assertThat(volumes.server.ebs().size()).isZero();
        volumes.server.forbid(Set.of("ec2:DescribeVolumes"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.volumes(LABELS, null, CALL)))
                .hasMessageEndingWith("It needs ec2:DescribeVolumes.");
    }
}
