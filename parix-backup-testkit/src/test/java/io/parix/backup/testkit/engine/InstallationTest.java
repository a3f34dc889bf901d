package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.BackupRequest;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.mark.Mark;
import io.parix.backup.archive.mark.MarkCodec;
import io.parix.backup.archive.mark.Marks;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.rebuild.Adoption;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.fault.Damage;
import io.parix.backup.testkit.fault.Effect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InstallationTest {
    private static final String OTHER = "ee".repeat(16);
    private static final ObjectKey FIRST_MARK = new ObjectKey("parix/parix-installation-1.json");

    private final EngineFixture engine = new EngineFixture();
    private final InMemoryCatalog otherCatalog = new InMemoryCatalog(engine.clock, OTHER);
    private final SteppedDispatcher otherWakes = new SteppedDispatcher(engine.clock);
    private final ParixBackup other =
            engine.engine(otherCatalog, engine.provider, otherWakes, 77).start();

    @AfterEach
    void close() {
        other.close();
        engine.close();
    }

    @Test
    @DisplayName(
            "J4 the first backup marks its place with the installation and epoch 1, the second leaves the mark alone")
    void marksItsPlace() {
        engine.backup();
        List<Mark> first = marks().all();
        engine.backup();

        assertThat(first).hasSize(1);
        assertThat(first.get(0).installation()).isEqualTo(engine.catalog.installation());
        assertThat(first.get(0).epoch()).isEqualTo(1);
        assertThat(marks().all()).isEqualTo(first);
    }

    @Test
    @DisplayName(
            "J4 another installation's backup to the same place is refused by code, says what to do, and stores nothing")
    void refused() {
        engine.backup();
        List<ObjectKey> before = engine.store().keys();

        Failure failure = otherBackup().failed().orElseThrow();

        assertThat(failure.code()).isEqualTo(ErrorCode.FOREIGN_INSTALLATION);
        assertThat(failure.message()).contains(engine.catalog.installation(), OTHER, "adopt");
        assertThat(engine.store().keys()).isEqualTo(before);
        assertThat(otherCatalog.occupant(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName("J4 of two installations that come to an empty place together exactly one writes there")
    void race() {
        AtomicBoolean between = new AtomicBoolean();
        HookedProvider late = new HookedProvider(engine.provider, key -> {}).before("putIfAbsent");
        late.looking(() -> {
            if (between.compareAndSet(false, true)) {
                assertThat(otherBackup().status()).isEqualTo(JobStatus.COMPLETED);
            }
        });
        SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
        ParixBackup slow = engine.engine(engine.catalog, late, wakes, 3).start();
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.dispatcher.loseAll();
        wakes.tick();

        wakes.runUntilQuiet();

        assertThat(between).isTrue();
        Backup lost = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(lost.failed().orElseThrow().code()).isEqualTo(ErrorCode.FOREIGN_INSTALLATION);
        assertThat(marks().all()).extracting(Mark::installation).containsExactly(OTHER);
        slow.close();
    }

    @Test
    @DisplayName("J4 a lost answer to the mark's put is looked up and is no other installation")
    void lostAnswer() {
        engine.faults.add(
                strike("putIfAbsent", first(1)).with(Effect.lostAnswer()).ending("-1.json"));

        assertThat(engine.backup().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(marks().all()).hasSize(1);
    }

    @Test
    @DisplayName("J4 whoever adopts a place writes there from the next epoch on, and who wrote before refuses")
    void adopts() {
        engine.backup();

        Adoption adoption = other.rebuild().adopt(engine.location());

        assertThat(adoption).isEqualTo(new Adoption(OTHER, 2));
        assertThat(other.rebuild().adopt(engine.location())).as("again").isEqualTo(adoption);
        assertThat(otherBackup().status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.backup().failed().orElseThrow().code()).isEqualTo(ErrorCode.FOREIGN_INSTALLATION);
        assertThat(marks().all()).extracting(Mark::epoch).containsExactly(1, 2);
    }

    @Test
    @DisplayName("J4 an empty place can be adopted, and the twelfth epoch follows the eleventh")
    void epochs() {
        for (int i = 0; i < 6; i++) {
            assertThat(other.rebuild().adopt(engine.location()).epoch()).isEqualTo(2 * i + 1);
            assertThat(engine.parix.rebuild().adopt(engine.location()).epoch()).isEqualTo(2 * i + 2);
        }
        assertThat(engine.backup().status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    @DisplayName("J4 B3 a place that is taken over in the middle of an export is not written to and not swept any more")
    void takenOverMeanwhile() {
        AtomicBoolean taken = new AtomicBoolean();
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {
            if (key.endsWith(".idx") && taken.compareAndSet(false, true)) {
                other.rebuild().adopt(engine.location());
                throw new ProviderException(ErrorKind.UNAVAILABLE, "503");
            }
        });
        SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
        ParixBackup worker = engine.engine(engine.catalog, hooked, wakes, 3).start();
        Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
        engine.dispatcher.loseAll();
        wakes.tick();

        wakes.runNext();
        List<ObjectKey> before = engine.store().keys();
        for (int i = 0; i < 3; i++) {
            engine.clock.advance(Duration.ofMinutes(2));
            wakes.runNext();
        }

        Backup now = engine.parix.backups().find(asked.id()).orElseThrow();
        assertThat(now.failed().orElseThrow().code()).isEqualTo(ErrorCode.FOREIGN_INSTALLATION);
        assertThat(now.progress().phase()).isEqualTo("unswept");
        assertThat(engine.store().keys()).isEqualTo(before);
        engine.parix.rebuild().adopt(engine.location());
        wakes.runUntilQuiet();
        assertThat(engine.archived()).isEmpty();
        worker.close();
    }

    @Test
    @DisplayName(
            "J4 B1 a place that is taken over while its last object is stored fails the job before its commit is decided")
    void takenOverBeforeTheCommit() {
        Backup ended = takenOverAtTheFirst("-replica-2.idx");

        assertThat(ended.failed().orElseThrow().code()).isEqualTo(ErrorCode.FOREIGN_INSTALLATION);
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
    }

    @Test
    @DisplayName(
            "J4 B4 C3 a place that is taken over once the commit is decided lets the job complete, and gives the slot back")
    void takenOverAfterTheDecision() {
        Backup ended = takenOverAtTheFirst("manifest.json");

        assertThat(ended.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(engine.catalog.occupant(DATABASE)).isEmpty();
        assertThat(engine.parix
                        .backups()
                        .verify(ended.id(), VerificationLevel.READ_BACK, ACTOR)
                        .passed())
                .isTrue();
    }

    /** Another installation adopts the place just before an object of that name is put; the job has ten minutes to end. */
    private Backup takenOverAtTheFirst(String ending) {
        AtomicBoolean taken = new AtomicBoolean();
        HookedProvider hooked = new HookedProvider(engine.provider, key -> {
            if (key.endsWith(ending) && taken.compareAndSet(false, true)) {
                other.rebuild().adopt(engine.location());
            }
        });
        SteppedDispatcher wakes = new SteppedDispatcher(engine.clock);
        try (ParixBackup worker =
                engine.engine(engine.catalog, hooked, wakes, 3).start()) {
            Backup asked = ((BackupAnswer.Accepted) engine.request()).backup();
            engine.dispatcher.loseAll();
            wakes.tick();
            for (int i = 0; i < 5; i++) {
                wakes.runNext();
                engine.clock.advance(Duration.ofMinutes(2));
            }
            assertThat(taken).isTrue();
            return worker.backups().find(asked.id()).orElseThrow();
        }
    }

    @Test
    @DisplayName("J4 a mark that cannot be read stops all writing, by code")
    void unreadableMark() {
        engine.backup();
        engine.store().damage(FIRST_MARK, Damage.truncate(9));

        Failure failure = engine.backup().failed().orElseThrow();

        assertThat(failure.code()).isEqualTo(ErrorCode.OBJECT_CORRUPT);
        assertThat(failure.message()).contains(FIRST_MARK.value());
    }

    @Test
    @DisplayName("J4 I4 marks of a newer format, another epoch, without an id, or too long are refused by code")
    void hostileMarks() {
        String good = new String(
                MarkCodec.write(new Mark(OTHER, 1, engine.clock.instant())), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(read(good).installation()).isEqualTo(OTHER);
        assertRefused(good.replace("\"version\":1", "\"version\":2"), ErrorCode.FORMAT_UNKNOWN);
        for (String bad : List.of(
                good.replace("\"version\":1", "\"version\":0"),
                good.replace("\"epoch\":1", "\"epoch\":2"),
                good.replace(OTHER, OTHER.substring(1)),
                good.replace(OTHER, OTHER.toUpperCase(java.util.Locale.ROOT)),
                good.replace("}", ",\"more\":1}"),
                good.replace("Z", ""),
                good + good,
                "null",
                "[]",
                "",
                "\u0000")) {
            assertThat(bad).isNotEqualTo(good);
            assertRefused(bad, ErrorCode.OBJECT_CORRUPT);
        }
    }

    @Test
    @DisplayName("J4 what only looks like a mark is none: a database's folder of the same name, a leading zero")
    void notMarks() {
        for (String key : List.of(
                "parix/parix-installation-1/x.json",
                "parix/parix-installation-01.json",
                "parix/parix-installation-2.json.bak",
                "other/parix-installation-7.json")) {
            engine.store().putIfAbsent(new ObjectKey(key), ObjectContent.of(new byte[] {1}), call());
        }

        assertThat(marks().all()).isEmpty();
        assertThat(marks().last()).isEmpty();
        assertThat(engine.backup().status()).isEqualTo(JobStatus.COMPLETED);
    }

    private static Mark read(String text) {
        return MarkCodec.read("mark", 1, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static void assertRefused(String text, ErrorCode code) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(
                        io.parix.backup.FailedException.class,
                        e -> assertThat(e.code()).as(text).isEqualTo(code));
    }

    private Backup otherBackup() {
        Backup asked = ((BackupAnswer.Accepted) other.backups().request(BackupRequest.of(DATABASE, ACTOR))).backup();
        otherWakes.runUntilQuiet();
        return other.backups().find(asked.id()).orElseThrow();
    }

    private Marks marks() {
        return new Marks(engine.store(), new KeyPrefix("parix"), call());
    }

    private static CallContext call() {
        return new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.PROBE);
    }
}
