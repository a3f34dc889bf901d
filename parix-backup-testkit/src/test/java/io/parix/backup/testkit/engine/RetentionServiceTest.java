package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.OrganizationId;
import io.parix.backup.Retention;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import io.parix.backup.RetentionSetting;
import io.parix.backup.RetentionSource;
import io.parix.backup.Role;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.RetentionLimits;
import io.parix.backup.host.Organizations;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RetentionServiceTest {
    private static final OrganizationId ACME = new OrganizationId("acme");
    private static final OrganizationId OTHER = new OrganizationId("other");
    private static final Actor ADMIN = new Actor("bea");
    private static final Actor MEMBER = new Actor("mel");
    private static final Actor STRANGER = new Actor("sam");
    private static final Duration MICRO = Duration.ofNanos(1_000);

    private final EngineFixture engine = new EngineFixture();
    private final SteppedDispatcher dispatcher = new SteppedDispatcher(engine.clock);
    private final ParixBackup parix = engine.builder(engine.catalog, engine.provider, dispatcher, 8)
            .organizations(new Acme())
            .build()
            .start();
    private final Retention retention = parix.retention();

    /** Ada owns Acme, whose only database is the fixture's. */
    private static final class Acme implements Organizations {
        private static final Map<Actor, Role> ROLES = Map.of(ACTOR, Role.OWNER, ADMIN, Role.ADMIN, MEMBER, Role.MEMBER);

        @Override
        public OrganizationId of(DatabaseId database) {
            return ACME;
        }

        @Override
        public List<DatabaseId> databases(OrganizationId organization) {
            return organization.equals(ACME) ? List.of(DATABASE) : List.of();
        }

        @Override
        public Optional<Role> role(Actor actor, OrganizationId organization) {
            return organization.equals(ACME) ? Optional.ofNullable(ROLES.get(actor)) : Optional.empty();
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

    private List<BackupId> kept() {
        return parix.backups().history(DATABASE, 100).stream().map(Backup::id).toList();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName(
            "H1 seven days hold by default, an owner and an admin override them, a member and a stranger are refused, nothing changed")
    void overriding() {
        assertThat(retention.of(ACME)).isEqualTo(RetentionSetting.DEFAULT);

        for (Actor actor : List.of(MEMBER, STRANGER)) {
            refused(ErrorCode.NOT_PERMITTED, () -> retention.change(ACME, RetentionPeriod.never(), actor));
            refused(ErrorCode.NOT_PERMITTED, () -> retention.preview(ACME, RetentionPeriod.days(1), actor));
            refused(ErrorCode.NOT_PERMITTED, () -> retention.useDefault(ACME, actor));
            refused(ErrorCode.NOT_PERMITTED, () -> retention.undo(ACME, actor));
        }
        refused(ErrorCode.NOT_PERMITTED, () -> retention.change(OTHER, RetentionPeriod.never(), ACTOR));
        assertThat(retention.of(ACME)).isEqualTo(RetentionSetting.DEFAULT);

        RetentionSetting changed = retention.change(ACME, RetentionPeriod.days(30), ACTOR);
        assertThat(changed)
                .isEqualTo(new RetentionSetting(RetentionPeriod.days(30), RetentionSource.ORGANIZATION, null))
                .isEqualTo(retention.of(ACME));
        assertThat(retention.of(OTHER)).isEqualTo(RetentionSetting.DEFAULT);
        assertThat(retention.change(ACME, RetentionPeriod.days(60), ADMIN).period())
                .isEqualTo(RetentionPeriod.days(60));
    }

    @Test
    @DisplayName("H6 an owner and an admin put a backup on hold and take it off, a member and a stranger do neither")
    void holding() {
        Backup backup = engine.backup();

        for (Actor actor : List.of(MEMBER, STRANGER)) {
            refused(ErrorCode.NOT_PERMITTED, () -> parix.backups().hold(backup.id(), actor));
            refused(ErrorCode.NOT_PERMITTED, () -> parix.backups().lift(backup.id(), actor));
        }
        assertThat(parix.backups().find(backup.id()).orElseThrow().held()).isEmpty();
        for (Actor actor : List.of(ACTOR, ADMIN)) {
            assertThat(parix.backups().hold(backup.id(), actor).held()).isPresent();
            refused(ErrorCode.NOT_PERMITTED, () -> parix.backups().lift(backup.id(), MEMBER));
            assertThat(parix.backups().find(backup.id()).orElseThrow().held()).isPresent();
            assertThat(parix.backups().lift(backup.id(), actor).held()).isEmpty();
        }
    }

    @Test
    @DisplayName("H6 an owner and an admin delete a backup, a member and a stranger do not")
    void deleting() {
        Backup first = engine.backup();
        Backup second = engine.backup();

        for (Actor actor : List.of(MEMBER, STRANGER)) {
            refused(ErrorCode.NOT_PERMITTED, () -> parix.backups().delete(first.id(), actor));
        }
        assertThat(parix.backups().find(first.id()).orElseThrow().toBeDeleted()).isEmpty();
        assertThat(parix.backups().delete(first.id(), ACTOR).toBeDeleted())
                .hasValueSatisfying(asked -> assertThat(asked.by()).isEqualTo(ACTOR));
        assertThat(parix.backups().delete(second.id(), ADMIN).toBeDeleted())
                .hasValueSatisfying(asked -> assertThat(asked.by()).isEqualTo(ADMIN));
    }

    @Test
    @DisplayName(
            "H1 H8 a longer period and never apply to existing backups at once, and never keeps what would have gone")
    void longer() {
        Backup old = engine.backup();
        engine.clock.advance(Duration.ofDays(1));
        Backup young = engine.backup();

        RetentionSetting longer = retention.change(ACME, RetentionPeriod.days(30), ACTOR);
        assertThat(longer.period()).isEqualTo(RetentionPeriod.days(30));
        assertThat(longer.pendingChange()).isEmpty();
        lookAt(ended(old).plus(Duration.ofDays(30)).minusSeconds(1));
        assertThat(kept()).containsExactly(young.id(), old.id());

        retention.change(ACME, RetentionPeriod.never(), ACTOR);
        lookAt(ended(old).plus(Duration.ofDays(4_000)));
        assertThat(kept()).containsExactly(young.id(), old.id());
    }

    @Test
    @DisplayName(
            "H9 a shorter period waits for the undo window, removes nothing a microsecond before its end, and then what the preview showed")
    void shorter() {
        Backup old = engine.backup();
        engine.clock.advance(Duration.ofDays(2));
        Backup young = engine.backup();
        RetentionPreview preview = retention.preview(ACME, RetentionPeriod.days(1), ACTOR);
        assertThat(retention.of(ACME).pendingChange()).isEmpty();

        RetentionSetting pending = retention.change(ACME, RetentionPeriod.days(1), ACTOR);
        Instant effective = pending.pendingChange().orElseThrow().effectiveAt();
        assertThat(pending.period()).isEqualTo(RetentionPeriod.DEFAULT);
        assertThat(preview.effectiveAt()).isEqualTo(effective);

        lookAt(effective.minus(MICRO));
        assertThat(kept()).containsExactly(young.id(), old.id());

        lookAt(effective);
        assertThat(kept()).containsExactly(young.id());
        assertThat(preview.databases()).singleElement().satisfies(database -> {
            assertThat(database.removed()).extracting(RetentionDecision::backup).containsExactly(old.id());
            assertThat(database.freed().bytes()).isZero();
        });
        assertThat(retention.of(ACME))
                .isEqualTo(new RetentionSetting(RetentionPeriod.days(1), RetentionSource.ORGANIZATION, null));
    }

    @Test
    @DisplayName("H9 a preview counts the bytes that nothing else needs, as the store then shows them")
    void previewBytes() {
        Backup old = engine.backup();
        engine.store().lose(new ObjectKey("parix/db-1/backups/" + old.id() + "/manifest.json"));
        engine.clock.advance(Duration.ofDays(2));
        engine.backup();
        long indexes = engine.store().keys().stream()
                .filter(key -> key.value().contains("/backups/" + old.id() + "/"))
                .count();
        assertThat(indexes).isPositive();
        long segments = segmentBytes();

        RetentionPreview preview = retention.preview(ACME, RetentionPeriod.days(1), ACTOR);
        retention.change(ACME, RetentionPeriod.days(1), ACTOR);
        lookAt(engine.clock.instant().plus(RetentionLimits.DEFAULTS.undoWindow()));

        assertThat(preview.freed().bytes()).isPositive().isEqualTo(segments - segmentBytes());
    }

    private long segmentBytes() {
        CallContext call = new CallContext(Duration.ofMinutes(1), () -> false, "test", CallContext.Purpose.MANIFEST);
        return engine.store().keys().stream()
                .filter(key -> key.value().endsWith(".seg"))
                .mapToLong(key -> engine.store().stat(key, call).orElseThrow().length())
                .sum();
    }

    @Test
    @DisplayName("H9 a pending change is taken back within its window and not after it")
    void undoing() {
        retention.change(ACME, RetentionPeriod.days(1), ACTOR);
        assertThat(retention.undo(ACME, ACTOR)).isEqualTo(RetentionSetting.DEFAULT);
        refused(ErrorCode.NOTHING_TO_UNDO, () -> retention.undo(ACME, ACTOR));

        retention.change(ACME, RetentionPeriod.days(1), ACTOR);
        engine.clock.advance(RetentionLimits.DEFAULTS.undoWindow());
        refused(ErrorCode.NOTHING_TO_UNDO, () -> retention.undo(ACME, ACTOR));
        assertThat(retention.of(ACME).period()).isEqualTo(RetentionPeriod.days(1));
    }

    private static Instant ended(Backup backup) {
        return Objects.requireNonNull(backup.endedAt());
    }
}
