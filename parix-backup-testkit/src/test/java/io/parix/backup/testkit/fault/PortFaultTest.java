package io.parix.backup.testkit.fault;

import static io.parix.backup.testkit.fault.Effect.after;
import static io.parix.backup.testkit.fault.Effect.before;
import static io.parix.backup.testkit.fault.Effect.corrupt;
import static io.parix.backup.testkit.fault.Effect.drop;
import static io.parix.backup.testkit.fault.Effect.flip;
import static io.parix.backup.testkit.fault.Effect.lostAnswer;
import static io.parix.backup.testkit.fault.Effect.skew;
import static io.parix.backup.testkit.fault.Effect.tear;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Fault.strikeAny;
import static io.parix.backup.testkit.fault.Refusal.conflict;
import static io.parix.backup.testkit.fault.Refusal.failed;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.thrown;
import static io.parix.backup.testkit.fault.StoreFixture.BEGIN;
import static io.parix.backup.testkit.fault.StoreFixture.CALL;
import static io.parix.backup.testkit.fault.StoreFixture.MINUTE;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.RestoreId;
import io.parix.backup.Shape;
import io.parix.backup.host.Attempt;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.Image;
import io.parix.backup.host.ReplicaImages;
import io.parix.backup.host.RestoreCall;
import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Dispatcher;
import io.parix.backup.spi.catalog.SettingRecord;
import io.parix.backup.spi.catalog.Wake;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.engine.SkewedClock;
import io.parix.backup.testkit.engine.SteppedDispatcher;
import io.parix.backup.testkit.engine.VirtualClock;
import io.parix.backup.testkit.host.InMemoryHost;
import io.parix.backup.testkit.store.InMemoryProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Faults before the ports that are no stores, each beside a call that it does not strike. */
class PortFaultTest {
    private static final DatabaseId DATABASE = new DatabaseId("db-1");
    private static final Attempt ATTEMPT = new Attempt(DATABASE, new BackupId("b1"), 1);

    private final VirtualClock clock = new VirtualClock(BEGIN);
    private final Faults faults = Faults.on(clock);
    private final InMemoryHost host = new InMemoryHost(clock);
    private final RestoreHost restores = faults.before(RestoreHost.class, host);
    private final RestoreCall call = new RestoreCall(DATABASE, new RestoreId("r1"), new BackupId("b1"), "00", 7);

    PortFaultTest() {
        Shape shape =
                new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(100), "private", false, "0.17.8");
        DatabaseProfile profile =
                new DatabaseProfile(DATABASE, "ledger", DatabaseStatus.ACTIVE, "eu", "memory", shape, List.of());
        host.put(profile, List.of(StoreFixture.bytes(), StoreFixture.bytes()));
    }

    @Test
    @DisplayName("I2 a host answers what was scripted, then does the step")
    void answers() {
        faults.add(answer("fenceOld", first(2)).with(HostAnswer.pending("node 2 is busy", MINUTE)));
        assertThat(restores.fenceOld(call)).isEqualTo(HostAnswer.pending("node 2 is busy", MINUTE));
        assertThat(restores.fenceOld(call)).isInstanceOf(HostAnswer.Pending.class);
        assertThat(host.running(DATABASE)).isTrue();

        assertThat(restores.fenceOld(call)).isEqualTo(HostAnswer.done());
        assertThat(host.running(DATABASE)).isFalse();
    }

    @Test
    @DisplayName("I2 a host's own code fails before a step or after it")
    void throwsItsOwn() {
        faults.add(fail("fenceOld", nth(1)).with(thrown(() -> new LinkageError("no such class"))));
        faults.add(strike("fenceOld", nth(2)).with(lostAnswer()));
        assertThatThrownBy(() -> restores.fenceOld(call)).isInstanceOf(LinkageError.class);
        assertThat(host.running(DATABASE)).isTrue();
        assertThatThrownBy(() -> restores.fenceOld(call))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RestoreHost.fenceOld of r1");
        assertThat(host.running(DATABASE)).isFalse();
    }

    @Test
    @DisplayName("I2 an error that a method does not declare is a mistake of the test, and says so")
    void undeclared() {
        faults.add(fail("fenceOld").with(thrown(() -> new IOException("no"))));
        assertThatThrownBy(() -> restores.fenceOld(call))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("RestoreHost.fenceOld cannot end with java.io.IOException");
    }

    @Test
    @DisplayName("I2 a directory, and a capture, answer what was scripted about one database")
    void narrowedAnswers() {
        DatabaseDirectory directory = faults.before(DatabaseDirectory.class, host);
        ReplicaImages images = faults.before(ReplicaImages.class, host);
        faults.add(answer("look")
                .with(new DatabaseFacts.Unknown("the registry is away"))
                .under("db-2"));
        faults.add(answer("capture", first(1)).with(new Capture.Pending("cutting", MINUTE)));
        assertThat(directory.look(DATABASE)).isInstanceOf(DatabaseFacts.Live.class);
        assertThat(directory.look(new DatabaseId("db-2"))).isEqualTo(new DatabaseFacts.Unknown("the registry is away"));
        assertThat(images.capture(ATTEMPT)).isInstanceOf(Capture.Pending.class);
        assertThat(images.capture(ATTEMPT)).isInstanceOf(Capture.Ready.class);
    }

    @Test
    @DisplayName("I2 an image cannot be read, or arrives otherwise than it is; the image beside it is right")
    void images() throws IOException {
        Capture.Ready ready =
                (Capture.Ready) faults.before(ReplicaImages.class, host).capture(ATTEMPT);
        faults.add(strike("Image.read", nth(1)).with(flip()).under("db-1_1"));
        faults.add(fail("Image.read", nth(2))
                .with(thrown(() -> new IOException("Input/output error")))
                .under("db-1_1"));
        assertThat(read(ready.images().get(0))).isEqualTo(StoreFixture.bytes());
        assertThat(read(ready.images().get(1))).containsExactly(1, 2, 2, 4, 5);
        assertThatThrownBy(() -> read(ready.images().get(1))).isInstanceOf(IOException.class);
        assertThat(read(ready.images().get(1))).isEqualTo(StoreFixture.bytes());
    }

    private static byte[] read(Image image) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(5);
        assertThat(image.read(0, target)).isEqualTo(5);
        return target.array();
    }

    @Test
    @DisplayName("I2 a staged file is torn, corrupt or flipped on the way; the write beside it is right")
    void stagedFiles() throws IOException {
        faults.add(strike("StagedFile.write", nth(1)).with(tear(2)).under("r1 0"));
        faults.add(
                strike("StagedFile.write", nth(2)).with(corrupt(Damage.flip(0))).under("r1 0"));
        faults.add(strike("StagedFile.write", nth(3)).with(flip()).under("r1 0"));
        try (Staging staging = restores.stage(call, 2)) {
            try (StagedFile file = staging.open(0)) {
                assertThatThrownBy(() -> file.write(0, ByteBuffer.wrap(StoreFixture.bytes())))
                        .isInstanceOf(IOException.class);
                assertThat(file.length()).isEqualTo(2);
                file.write(0, ByteBuffer.wrap(StoreFixture.bytes()));
                assertThat(read(file)).containsExactly(0, 2, 3, 4, 5);
                ByteBuffer source = ByteBuffer.wrap(StoreFixture.bytes());
                file.write(0, source);
                assertThat(source.hasRemaining()).isFalse();
                assertThat(read(file)).containsExactly(1, 2, 2, 4, 5);
            }
            try (StagedFile beside = staging.open(1)) {
                beside.write(0, ByteBuffer.wrap(StoreFixture.bytes()));
                assertThat(read(beside)).isEqualTo(StoreFixture.bytes());
            }
        }
    }

    private static byte[] read(StagedFile file) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(5);
        assertThat(file.read(0, target)).isEqualTo(5);
        return target.array();
    }

    @Test
    @DisplayName("I2 a catalog says that another one was faster, is away, or loses an answer; the next call is right")
    void catalogs() {
        Catalog catalog = faults.before(Catalog.class, new InMemoryCatalog(clock));
        SettingRecord setting = new SettingRecord("s", 0, "{}");
        faults.add(fail("Catalog.write(SettingRecord)", nth(1)).with(conflict()));
        faults.add(fail("Catalog.write(SettingRecord)", nth(2)).with(refused(ErrorKind.UNAVAILABLE, "away")));
        faults.add(strike("Catalog.write(SettingRecord)", nth(3)).with(lostAnswer()));
        faults.add(fail("schedule").with(failed(ErrorCode.INTERNAL, "no")));
        assertThatThrownBy(() -> catalog.write(setting)).isInstanceOf(CatalogConflictException.class);
        assertThatThrownBy(() -> catalog.write(setting)).hasMessage("away");
        assertThat(catalog.setting("s")).isEmpty();
        assertThatThrownBy(() -> catalog.write(setting))
                .isInstanceOfSatisfying(
                        ProviderException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN));
        assertThat(catalog.setting("s")).isPresent();
        assertThat(catalog.write(setting)).as("another version").isEmpty();
        assertThatThrownBy(() -> catalog.schedule(DATABASE)).isInstanceOf(FailedException.class);
    }

    @Test
    @DisplayName("I2 a wake-up is lost without anybody's knowing, the next one is not")
    void wakes() {
        SteppedDispatcher right = new SteppedDispatcher(clock);
        List<String> woken = new ArrayList<>();
        faults.add(strike("wake", nth(1)).with(drop()));
        try (Dispatcher dispatcher = faults.before(Dispatcher.class, right)) {
            dispatcher.start(Set.of(), woken::add, () -> {});
            dispatcher.wake(new Wake("b1", "eu", BEGIN));
            dispatcher.wake(new Wake("b2", "eu", BEGIN));
            right.runUntilQuiet();
        }
        assertThat(woken).containsExactly("b2");
    }

    @Test
    @DisplayName("I2 a provider's sessions, stores and snapshots lead through the faults before it")
    void sessions() {
        InMemoryProvider right = new InMemoryProvider(clock);
        var unused = right.volumes("place");
        BackupProvider provider = faults.before(BackupProvider.class, right);
        faults.add(fail("request", nth(2)).with(refused(ErrorKind.QUOTA, "full")));
        faults.add(fail("stat").with(refused(ErrorKind.DENIED, "no")));
        try (ProviderSession session = provider.open(right.location("place", KeyPrefix.ROOT))) {
            VolumeSnapshots snapshots = session.snapshots().orElseThrow();
            assertThat(snapshots.request("s-1", "vol-1", Map.of(), CALL).name()).isEqualTo("s-1");
            assertThatThrownBy(() -> snapshots.request("s-2", "vol-1", Map.of(), CALL))
                    .hasMessage("full");
            assertThatThrownBy(() -> session.objects().stat(KeyPrefix.ROOT.key("k"), CALL))
                    .hasMessage("no");
        }
    }

    @Test
    @DisplayName("I2 a clock is wrong from a call on, and right again from another one on")
    void clocks() {
        SkewedClock wrong = new SkewedClock(clock);
        Catalog catalog = faults.before(Catalog.class, new InMemoryCatalog(wrong));
        Duration behind = Duration.ofMinutes(-10);
        faults.add(strike("gauges", nth(1)).with(skew(wrong, behind)));
        faults.add(strike("gauges", nth(2)).with(skew(wrong, Duration.ZERO)));
        assertThat(catalog.now()).isEqualTo(BEGIN);
        assertThat(catalog.gauges(MINUTE)).isNotNull();
        assertThat(catalog.now()).isEqualTo(BEGIN.plus(behind));
        assertThat(clock.instant()).as("the right clock").isEqualTo(BEGIN);
        assertThat(catalog.gauges(MINUTE)).isNotNull();
        assertThat(catalog.now()).isEqualTo(BEGIN);
    }

    @Test
    @DisplayName("I2 something happens before a call, or after it and before its caller goes on")
    void happenings() {
        List<Boolean> running = new ArrayList<>();
        Runnable look = () -> running.add(host.running(DATABASE));
        faults.add(strike("fenceOld", nth(1)).with(before("looks", look)));
        faults.add(strike("fenceOld", nth(1)).with(after("looks", look)));
        assertThat(restores.fenceOld(call)).isEqualTo(HostAnswer.done());
        assertThat(restores.fenceOld(call)).isEqualTo(HostAnswer.done());
        assertThat(running).containsExactly(true, false);
    }

    @Test
    @DisplayName("I2 one function of any call stands before all ports, and decides for each whether it is done")
    void everyCall() {
        List<String> seen = new ArrayList<>();
        faults.add(strikeAny().with(Effect.of("is watched", each -> {
            seen.add(each + (each.isEffect() ? " effect" : ""));
            return each.method().getName().equals("confirm") ? HostAnswer.failed("no") : each.proceed();
        })));
        assertThat(restores.confirm(call)).isEqualTo(HostAnswer.failed("no"));
        assertThat(restores.fenceOld(call)).isEqualTo(HostAnswer.done());
        assertThat(faults.before(DatabaseDirectory.class, host).look(DATABASE)).isInstanceOf(DatabaseFacts.Live.class);
        assertThat(seen)
                .containsExactly(
                        "RestoreHost.confirm r1 effect",
                        "RestoreHost.fenceOld r1 effect",
                        "DatabaseDirectory.look db-1");
    }

    @Test
    @DisplayName("I2 what stands behind faults is equal to itself, and to nothing else")
    void equal() {
        assertThat(restores).isEqualTo(faults.before(RestoreHost.class, host)).hasSameHashCodeAs(host);
        assertThat(restores).isNotEqualTo(faults.before(RestoreHost.class, new InMemoryHost(clock)));
    }
}
