package io.parix.backup.provider.gcp;

import static io.parix.backup.provider.gcp.FakeVolumes.CALL;
import static io.parix.backup.provider.gcp.FakeVolumes.LABELS;
import static io.parix.backup.provider.gcp.FakeVolumes.ZONE;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What each role needs of Compute Engine, as the page about snapshots says: it is enough, and no other request is made. */
class GcpSnapshotPermissionsTest {
    private static final Path PAGE = Path.of("..", "docs", "providers", "gcp-compute.md");
    private static final Pattern PERMISSION = Pattern.compile("\"(compute\\.[A-Za-z.]+)\"");
    private static final String NAME = "parix-b1-1-0";

    private final FakeVolumes volumes = new FakeVolumes();
    private final VolumeSnapshots place = volumes.place();

    @AfterEach
    void close() {
        volumes.close();
    }

    /** The permissions of the role under a heading of the page. */
    private static Set<String> role(String name) throws IOException {
        String page = Files.readString(PAGE);
        String text = page.substring(page.indexOf("### " + name));
        text = text.substring(0, text.indexOf("```\n"));
        return PERMISSION.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private Set<String> asked() {
        return new TreeSet<>(volumes.server.operations());
    }

    private static ErrorKind refused(ThrowingCallable call) {
        return catchThrowableOfType(ProviderException.class, call).kind();
    }

    private VolumeRequest wanted() {
        return new VolumeRequest(NAME, NAME, ZONE, LABELS);
    }

    @Test
    @DisplayName("the role of a writer of snapshots is enough for asking, describing and listing, and not for deleting")
    void letsTheWriterAsk() throws IOException {
        volumes.server.allowOnly(role("Writer of snapshots"));
        assertThat(volumes.ask(place, NAME).state()).isEqualTo(State.CUTTING);
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.CUTTING);
        assertThat(place.describe("another", CALL).state()).isEqualTo(State.GONE);
        assertThat(place.list(LABELS, null, CALL)).hasSize(1);
        assertThat(asked()).containsExactly("operations.list", "snapshots.get", "snapshots.insert", "snapshots.list");
        assertThat(refused(() -> place.delete(NAME, CALL))).isEqualTo(ErrorKind.DENIED);
        assertThat(volumes.named(NAME)).isEqualTo(1);
        assertThat(refused(() -> place.deleteVolume(NAME, CALL))).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName("the role of a reader of volumes is enough for making and deleting them, and not for snapshots")
    void letsTheReaderMakeVolumes() throws IOException {
        volumes.ask(place, NAME);
        volumes.pass();
        volumes.server.forget();
        volumes.server.allowOnly(role("Reader of volumes"));
        assertThat(place.materialize(wanted(), CALL)).isEmpty();
        volumes.pass();
        assertThat(place.materialize(wanted(), CALL)).isPresent();
        assertThat(place.volumes(LABELS, null, CALL)).containsExactly(NAME);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.deleteVolume("parix-none-1-0", CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(asked())
                .containsExactly(
                        "disks.aggregatedList",
                        "disks.delete",
                        "disks.get",
                        "disks.insert",
                        "operations.aggregatedList",
                        "operations.list",
                        "snapshots.get");
        assertThat(refused(() -> volumes.ask(place, "other"))).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName("the role of a sweeper of snapshots is enough for clean-up, volumes included, and not for asking")
    void letsTheSweeperDelete() throws IOException {
        volumes.ask(place, NAME);
        volumes.pass();
        place.materialize(wanted(), CALL);
        volumes.pass();
        volumes.server.forget();
        volumes.server.allowOnly(role("Sweeper of snapshots"));
        assertThat(place.volumes(LABELS, null, CALL)).hasSize(1);
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        assertThat(place.list(LABELS, null, CALL)).hasSize(1);
        assertThat(place.delete(NAME, CALL)).isEqualTo(new DeleteOutcome.Deleted());
        volumes.pass();
        assertThat(place.deleteVolume(NAME, CALL)).isEqualTo(new DeleteOutcome.Absent());
        assertThat(place.describe(NAME, CALL).state()).isEqualTo(State.GONE);
        assertThat(asked())
                .containsExactly(
                        "disks.aggregatedList",
                        "disks.delete",
                        "operations.aggregatedList",
                        "operations.list",
                        "snapshots.delete",
                        "snapshots.get",
                        "snapshots.list");
        assertThat(refused(() -> volumes.ask(place, NAME))).isEqualTo(ErrorKind.DENIED);
    }

    @Test
    @DisplayName("SPI-75 what is denied names the permissions of the request that was, and leaves nothing")
    void namesWhatItNeeds() {
        volumes.server.forbid(Set.of("compute.snapshots.setLabels"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME)))
                .hasMessageEndingWith(
                        "It needs compute.snapshots.create, compute.snapshots.setLabels, compute.disks.createSnapshot.");
        assertThat(volumes.server.disks().size()).isZero();
        volumes.server.forbid(Set.of("compute.globalOperations.list"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> volumes.ask(place, NAME)))
                .hasMessageEndingWith("It needs compute.globalOperations.list.");
        assertThat(volumes.server.disks().size()).isZero();
        volumes.server.forbid(Set.of());
        volumes.ask(place, "usable");
        volumes.pass();
        VolumeRequest disk = new VolumeRequest("v", "usable", ZONE, LABELS);
        volumes.server.forbid(Set.of("compute.disks.get"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.materialize(disk, CALL)))
                .hasMessageEndingWith("It needs compute.disks.get.");
        volumes.server.forbid(Set.of("compute.zoneOperations.list"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.materialize(disk, CALL)))
                .hasMessageEndingWith("It needs compute.zoneOperations.list.");
        volumes.server.forbid(Set.of("compute.disks.list"));
        assertThat(catchThrowableOfType(ProviderException.class, () -> place.volumes(LABELS, null, CALL)))
                .hasMessageEndingWith("It needs compute.disks.list.");
    }
}
