package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.Backup;
import io.parix.backup.BackupRequest;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.host.DataKey;
import io.parix.backup.host.KeyPort;
import io.parix.backup.host.WrappedKey;
import io.parix.backup.rebuild.Rebuild;
import io.parix.backup.rebuild.RebuildReport;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** C13: a catalog that is rebuilt while some of the keys cannot be had. */
class SealedRebuildTest {
    private final EngineFixture engine = new EngineFixture();
    private final Set<String> outOfReach = new HashSet<>();
    private final InMemoryCatalog empty = new InMemoryCatalog(engine.clock, "ee".repeat(16));
    private final ParixBackup second = engine.builder(empty, engine.provider, new SteppedDispatcher(engine.clock), 77)
            .keys(some())
            .build()
            .start();
    private String key = "";

    /** The same keys, of which some are out of reach. */
    private KeyPort some() {
        return new KeyPort() {
            @Override
            public Optional<DataKey> fresh(DatabaseId database) {
                return engine.keys.fresh(database);
            }

            @Override
            public Optional<DataKey> open(DatabaseId database, WrappedKey wrapped) {
                if (outOfReach.contains(wrapped.id())) {
                    throw new IllegalStateException("the token xyzzy has expired");
                }
                return engine.keys.open(database, wrapped);
            }
        };
    }

    @BeforeEach
    void seal() {
        key = engine.keys.rotate();
    }

    @AfterEach
    void close() {
        second.close();
        engine.close();
    }

    private Rebuild rebuild() {
        second.rebuild().adopt(engine.location());
        return second.rebuild();
    }

    private FailedException refused(Runnable doing) {
        FailedException e = catchThrowableOfType(FailedException.class, doing::run);
        assertThat(e.code()).isEqualTo(ErrorCode.KEY_UNAVAILABLE);
        assertThat(e.getMessage()).doesNotContain("xyzzy");
        return e;
    }

    /** A backup that shares with none before, under a key of its own. */
    private Backup another() {
        engine.keys.stop();
        engine.backup();
        engine.keys.rotate();
        return engine.backup();
    }

    @Test
    @DisplayName(
            "C11 C13 what needs a key that cannot be had is named at the end, all else is taken up, and later the rest")
    void takesUpTheOthers() {
        Backup first = engine.backup();
        another();
        outOfReach.add(key);

        FailedException e = refused(() -> rebuild().database(engine.location(), DATABASE));

        assertThat(e).hasMessageContainingAll("a backup", first.id() + "/manifest.json", key);
        List<Backup> all = engine.parix.backups().history(DATABASE, 10);
        assertThat(second.backups().history(DATABASE, 10))
                .extracting(Backup::id)
                .containsExactly(all.get(0).id(), all.get(1).id());
        outOfReach.clear();
        RebuildReport rest = rebuild().database(engine.location(), DATABASE);
        assertThat(rest.adopted()).containsExactly(first.id());
        assertThat(rest.known())
                .containsExactlyInAnyOrder(all.get(0).id(), all.get(1).id());
        assertThat(rest.unreadable()).isEmpty();
        assertThat(rest.unnamed().count()).isZero();
    }

    @Test
    @DisplayName("C11 C13 every database of a place is heard of, also when the keys of one cannot be had")
    void hearsOfAll() {
        Backup withheld = engine.backup();
        engine.keys.rotate();
        DatabaseId other = new DatabaseId("db-2");
        engine.host.put(Profiles.named(EngineFixture.profile(), other), EngineFixture.files(EngineFixture.cluster()));
        engine.parix.backups().request(BackupRequest.of(other, ACTOR));
        engine.dispatcher.runUntilQuiet();
        outOfReach.add(key);
        List<RebuildReport> heard = new ArrayList<>();

        FailedException e = refused(() -> rebuild().all(engine.location(), heard::add));

        assertThat(e).hasMessageContainingAll(DATABASE.value(), withheld.id() + "/manifest.json", key);
        assertThat(heard).extracting(RebuildReport::database).containsExactly(DATABASE, other);
        assertThat(heard.get(0).adopted()).isEmpty();
        assertThat(heard.get(0).unreadable())
                .extracting(RebuildReport.Unreadable::code)
                .containsExactly(ErrorCode.KEY_UNAVAILABLE);
        assertThat(heard.get(1).adopted()).hasSize(1);
        outOfReach.clear();
        heard.clear();
        rebuild().all(engine.location(), heard::add);
        assertThat(heard.get(0).adopted()).containsExactly(withheld.id());
        assertThat(heard.get(1).known()).hasSize(1);
    }

    @Test
    @DisplayName("C11 C13 of many backups whose keys cannot be had the first ten are named, and the others counted")
    void namesSome() {
        for (int i = 0; i < 12; i++) {
            engine.backup();
        }
        outOfReach.add(key);

        FailedException e = refused(() -> rebuild().database(engine.location(), DATABASE));

        assertThat(e).hasMessageContaining("12 backups");
        assertThat(String.valueOf(e.getMessage()).split("/manifest.json", -1)).hasSize(11);
        assertThat(second.backups().history(DATABASE, 10)).isEmpty();
    }
}
