package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.OrganizationId;
import io.parix.backup.PageRequest;
import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.Role;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.host.Organizations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of the backups of a database that comes to another organization. */
class RetentionMoveTest {
    private static final OrganizationId ACME = new OrganizationId("acme");
    private static final OrganizationId OTHER = new OrganizationId("other");
    private static final Duration WINDOW = RetentionLimits.DEFAULTS.undoWindow();
    private static final Duration MICRO = Duration.ofNanos(1_000);
    private static final Duration EVERY = RetentionLimits.DEFAULTS.cleanUpEvery();

    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
    private OrganizationId owner = OrganizationId.EVERYBODY;
    private final ParixBackup parix = engine.builder(engine.catalog, engine.provider, dispatcher, 8)
            .organizations(new Owner())
            .build()
            .start();

    /** Ada owns every organization, and the database is of the one that the test says. */
    private final class Owner implements Organizations {
        @Override
        public OrganizationId of(DatabaseId database) {
            return owner;
        }

        @Override
        public List<DatabaseId> databases(OrganizationId organization) {
            return organization.equals(owner) ? List.of(DATABASE) : List.of();
        }

        @Override
        public Optional<Role> role(Actor actor, OrganizationId organization) {
            return Optional.of(Role.OWNER);
        }
    }

    @AfterEach
    void close() {
        parix.close();
        engine.close();
    }

    private void lookAt(Instant instant) {
        engine.clock.advanceTo(instant);
        dispatcher.tick();
        dispatcher.runUntilQuiet();
    }

    private Instant in(Duration time) {
        return engine.clock.instant().plus(time);
    }

    private List<BackupId> kept() {
        return parix.backups().history(DATABASE, 100).stream().map(Backup::id).toList();
    }

    private RetentionSetting shown() {
        return parix.backupsPage()
                .page(PageRequest.of(DATABASE, ACTOR))
                .automatic()
                .setting()
                .orElseThrow();
    }

    /** Two backups of a year's retention, a hundred days apart. */
    private List<BackupId> oldAndYoung() {
        parix.retention().change(OrganizationId.EVERYBODY, RetentionPeriod.days(365), ACTOR);
        Backup old = engine.backup();
        lookAt(in(Duration.ofDays(100)));
        Backup young = engine.backup();
        lookAt(in(Duration.ofDays(1)));
        List<BackupId> both = List.of(young.id(), old.id());
        assertThat(kept()).isEqualTo(both);
        return both;
    }

    @Test
    @DisplayName(
            "H9 a database that comes to an organization with a shorter period loses nothing before the undo window is over")
    void shorter() {
        List<BackupId> both = oldAndYoung();
        owner = ACME;

        Instant moved = in(EVERY);
        lookAt(moved);

        assertThat(kept()).isEqualTo(both);
        assertThat(shown().period()).isEqualTo(RetentionPeriod.days(365));
        assertThat(shown().pendingChange()).hasValueSatisfying(pending -> {
            assertThat(pending.period()).isEqualTo(RetentionPeriod.DEFAULT);
            assertThat(pending.effectiveAt()).isEqualTo(moved.plus(WINDOW));
        });
        lookAt(moved.plus(WINDOW).minus(MICRO));
        assertThat(kept()).isEqualTo(both);
        lookAt(moved.plus(WINDOW));
        assertThat(kept()).containsExactly(both.get(0));
        assertThat(shown()).isEqualTo(RetentionSetting.DEFAULT);
    }

    @Test
    @DisplayName("H9 E14 before any look has seen it, the shorter period of another organization holds for nobody")
    void unseen() {
        List<BackupId> both = oldAndYoung();
        owner = ACME;

        assertThat(shown().period()).isEqualTo(RetentionPeriod.days(365));
        assertThat(shown().pendingChange().map(PendingRetention::effectiveAt)).contains(in(WINDOW));
        assertThat(both).hasSize(2);
    }

    @Test
    @DisplayName(
            "H9 a longer period of the new organization, or one that it decides meanwhile, holds at once, and moving back undoes the move")
    void takenBack() {
        List<BackupId> both = oldAndYoung();
        owner = ACME;
        lookAt(in(EVERY));
        owner = OrganizationId.EVERYBODY;
        lookAt(in(WINDOW.multipliedBy(2)));
        assertThat(kept()).isEqualTo(both);
        assertThat(shown().pendingChange()).isEmpty();

        owner = ACME;
        lookAt(in(EVERY));
        parix.retention().change(ACME, RetentionPeriod.never(), ACTOR);
        assertThat(shown().pendingChange()).isEmpty();
        assertThat(shown().period()).isEqualTo(RetentionPeriod.never());
        lookAt(in(WINDOW.multipliedBy(2)));
        assertThat(kept()).isEqualTo(both);
    }

    @Test
    @DisplayName("H9 coming to a third organization starts the undo window anew")
    void thirdOrganization() {
        List<BackupId> both = oldAndYoung();
        owner = ACME;
        lookAt(in(EVERY));
        Instant again = in(WINDOW.dividedBy(2));
        owner = OTHER;
        lookAt(again);

        lookAt(again.plus(WINDOW).minus(MICRO));
        assertThat(kept()).isEqualTo(both);
        lookAt(again.plus(WINDOW));
        assertThat(kept()).containsExactly(both.get(0));
    }
}
