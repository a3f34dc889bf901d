package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.engine.EngineFixture.NAME;
import static io.parix.backup.testkit.engine.PageFixture.codes;
import static io.parix.backup.testkit.engine.PageFixture.ids;
import static io.parix.backup.testkit.engine.PageFixture.request;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.Cadence;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.DatabaseView;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.JobStatus;
import io.parix.backup.Page;
import io.parix.backup.PageRequest;
import io.parix.backup.PageRow;
import io.parix.backup.PendingRetention;
import io.parix.backup.PointInTimeRecovery;
import io.parix.backup.RelativeTime;
import io.parix.backup.RelativeTime.Direction;
import io.parix.backup.RelativeTime.Unit;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.RetentionSource;
import io.parix.backup.StorageSummary;
import io.parix.backup.Trigger;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.engine.row.RetentionRow;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.AccessPolicy.Action;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.catalog.SettingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one page says of a database and its history. */
class PageTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName(
            "D1 A2 a new backup can be asked for where its conditions hold, and is not offered with every reason else")
    void createAction() {
        assertThat(fixture.page().create().passed()).isTrue();
        assertThat(fixture.page().create()).isEqualTo(engine.parix.backups().availability(DATABASE, ACTOR));

        engine.host.change(DATABASE, profile -> Profiles.withStatus(profile, DatabaseStatus.PROVISIONING));
        engine.parix.occupy(DATABASE, new Workflow(WorkflowKind.IMPORT, "import-7"));
        engine.access = (actor, action, database) -> action == Action.VIEW_BACKUPS;

        assertThat(codes(fixture.page().create().failures()))
                .containsExactly("not-active", "workflow-active", "not-permitted");
    }

    @Test
    @DisplayName("D2 the rows come newest first, with status, size, start, end, trigger and how long ago")
    void newestFirst() {
        Backup first = engine.backup();
        engine.clock.advance(Duration.ofHours(3));
        Backup second = engine.backup();
        BackupAnswer queued = engine.request();

        Page page = fixture.page();

        assertThat(ids(page))
                .containsExactly(((BackupAnswer.Accepted) queued).backup().id(), second.id(), first.id());
        assertThat(page.next()).isEmpty();
        PageRow oldest = page.rows().get(2);
        assertThat(oldest.backup()).isEqualTo(first);
        assertThat(oldest.backup().trigger()).isEqualTo(Trigger.MANUAL);
        assertThat(oldest.when().at()).isEqualTo(first.endedAt());
        assertThat(oldest.when().relative()).isEqualTo(new RelativeTime(3, Unit.HOUR, Direction.PAST));
        assertThat(oldest.when().words()).isEqualTo("3 hours ago");
        PageRow.Size size = oldest.sizes().orElseThrow();
        assertThat(size.logical()).isEqualTo(first.completed().orElseThrow().logical());
        assertThat(size.added()).isEqualTo(first.completed().orElseThrow().added());
        assertThat(size.words())
                .isEqualTo(size.logical().words() + ", " + size.added().words() + " added");
        PageRow newest = page.rows().get(0);
        assertThat(newest.backup().status()).isEqualTo(JobStatus.QUEUED);
        assertThat(newest.sizes()).isEmpty();
        assertThat(newest.when().words()).isEqualTo("now");
    }

    @Test
    @DisplayName("D2 relative times are said in German for any German locale, and in English where there is no table")
    void languages() {
        engine.backup();
        engine.clock.advance(Duration.ofDays(1));

        assertThat(when(Locale.GERMANY)).isEqualTo("vor 1 Tag");
        assertThat(when(Locale.JAPAN)).isEqualTo("1 day ago");
        assertThat(when(Locale.ROOT)).isEqualTo("1 day ago");
    }

    private String when(Locale locale) {
        return fixture.page(request().in(locale)).rows().get(0).when().words();
    }

    @Test
    @DisplayName(
            "D2 H12 a row says when its backup expires, relative and with its reason; one past its age that is kept says so")
    void expiry() {
        Backup old = engine.backup();
        engine.clock.advance(Duration.ofDays(4));
        Backup young = engine.backup();

        PageRow.Expiry soon = fixture.row(old).expires().orElseThrow();
        assertThat(soon.decision().reason()).isEqualTo(Reason.WITHIN_PERIOD);
        assertThat(soon.moment().orElseThrow().at()).isEqualTo(ended(old).plus(Duration.ofDays(7)));
        assertThat(soon.moment().orElseThrow().words()).isEqualTo("in 3 days");

        engine.clock.advance(Duration.ofDays(10));

        assertThat(fixture.row(old).expires().orElseThrow().decision().reason()).isEqualTo(Reason.EXPIRED);
        PageRow.Expiry last = fixture.row(young).expires().orElseThrow();
        assertThat(last.decision().reason()).isEqualTo(Reason.LAST_RESTORABLE);
        assertThat(last.moment().orElseThrow().words()).isEqualTo("3 days ago");
        assertThat(fixture.row(young).restorable()).isTrue();
    }

    @Test
    @DisplayName("D2 H7 the last restorable backup is known as such on a page that does not show the newer ones")
    void floorOfAnotherPage() {
        Backup old = engine.backup();
        engine.clock.advance(Duration.ofDays(1));
        Backup young = engine.backup();
        engine.clock.advance(Duration.ofDays(30));

        Page second = fixture.page(
                request().rows(1).after(fixture.page(request().rows(1)).next().orElseThrow()));

        assertThat(ids(second)).containsExactly(old.id());
        assertThat(second.rows().get(0).expires().orElseThrow().decision().reason())
                .isEqualTo(Reason.EXPIRED);
        assertThat(fixture.row(young).expires().orElseThrow().decision().reason())
                .isEqualTo(Reason.LAST_RESTORABLE);
    }

    @Test
    @DisplayName("D2 a range holds its first instant and not its last; an empty one is empty")
    void range() {
        Backup backup = engine.backup();
        Instant at = backup.requestedAt();

        assertThat(ids(within(at, at.plusNanos(1)))).containsExactly(backup.id());
        assertThat(ids(within(at, null))).containsExactly(backup.id());
        assertThat(ids(within(at.plusNanos(1), null))).isEmpty();
        assertThat(ids(within(null, at))).isEmpty();
        assertThat(ids(within(at, at))).isEmpty();
        assertThat(ids(within(Instant.MIN, Instant.MAX))).containsExactly(backup.id());
        assertThat(ids(within(Instant.MIN, Instant.MIN.plusNanos(1)))).isEmpty();
        assertThat(ids(within(Instant.MAX.minusNanos(1), Instant.MAX))).isEmpty();
    }

    private Page within(@Nullable Instant from, @Nullable Instant to) {
        return fixture.page(request().within(from, to));
    }

    @Test
    @DisplayName("D5 the page shows the schedule's card, and none where there is no schedule")
    void scheduleCard() {
        assertThat(fixture.page().automatic().card()).isEmpty();

        engine.parix.schedules().set(DATABASE, Cadence.daily("10:00", "Europe/Berlin"), ACTOR);

        assertThat(fixture.page().automatic().card())
                .isPresent()
                .isEqualTo(engine.parix.schedules().card(DATABASE));
    }

    @Test
    @DisplayName("D5 H9 the page shows the default period, or the organization's with the change that waits")
    void retention() {
        assertThat(fixture.page().automatic().setting()).contains(RetentionSetting.DEFAULT);
        Instant now = engine.clock.instant();
        RetentionSetting month =
                RetentionSetting.DEFAULT.change(RetentionPeriod.days(30), ACTOR, now, Duration.ofHours(24));
        RetentionSetting shortening = month.change(RetentionPeriod.days(3), ACTOR, now, Duration.ofHours(24));
        var unused = engine.catalog.write(new SettingRecord("retention/everybody", 0, RetentionRow.write(shortening)));

        RetentionSetting shown = fixture.page().automatic().setting().orElseThrow();
        assertThat(shown.period()).isEqualTo(RetentionPeriod.days(30));
        assertThat(shown.source()).isEqualTo(RetentionSource.ORGANIZATION);
        assertThat(shown.pendingChange()).map(PendingRetention::period).contains(RetentionPeriod.days(3));

        engine.clock.advance(Duration.ofHours(24));
        assertThat(fixture.page().automatic().setting().orElseThrow().period()).isEqualTo(RetentionPeriod.days(3));
        assertThat(fixture.page().automatic().setting().orElseThrow().pendingChange())
                .isEmpty();
    }

    @Test
    @DisplayName("D6 point-in-time recovery is not available, and the page says so")
    void pointInTimeRecovery() {
        assertThat(fixture.page().pointInTimeRecovery()).isEqualTo(PointInTimeRecovery.NOT_AVAILABLE);
        assertThat(PointInTimeRecovery.values()).hasSize(1);
        assertThat(fixture.page().pointInTimeRecovery().sentence()).contains("not available");
    }

    @Test
    @DisplayName("D3 a page makes no call to a provider, whatever happened to the store since")
    void noProviderCall() {
        Backup backup = engine.backup();
        engine.faults.add(fail("ObjectStore.*").with(refused(ErrorKind.UNAVAILABLE, "Down.")));
        int before = engine.faults.calls("ObjectStore.*");

        assertThat(fixture.row(backup).restorable()).isTrue();
        assertThat(fixture.protection().isProtected()).isTrue();
        assertThat(engine.faults.calls("ObjectStore.*")).isEqualTo(before);
    }

    @Test
    @DisplayName("H2 D1 the page of a deleted database shows its backups, and offers neither a backup nor a restore")
    void deletedDatabase() {
        Backup backup = engine.backup();
        Instant at = engine.clock.instant();
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(at));

        Page page = fixture.page(request().selecting(Set.of(backup.id())));

        assertThat(page.database()).isEqualTo(new DatabaseView.Deleted(at));
        assertThat(page.database().shownName()).isEmpty();
        assertThat(ids(page)).containsExactly(backup.id());
        assertThat(page.summary().count()).isEqualTo(1);
        assertThat(codes(page.create().failures())).contains("database-deleted");
        assertThat(page.rows().get(0).restorable()).isFalse();
        assertThat(page.rows().get(0).expires().orElseThrow().decision().reason())
                .isEqualTo(Reason.WITHIN_PERIOD);
    }

    @Test
    @DisplayName(
            "D1 a database that nobody knows has an empty page, and one that the directory fails on has its backups")
    void unknownDatabase() {
        Page nobody = fixture.page(PageRequest.of(new DatabaseId("nobody"), ACTOR));
        assertThat(nobody.database()).isInstanceOf(DatabaseView.Unknown.class);
        assertThat(nobody.rows()).isEmpty();
        assertThat(nobody.summary()).isEqualTo(StorageSummary.EMPTY);

        Backup backup = engine.backup();
        String reason = "\u202e\u0000\u001b[2J" + "x".repeat(400) + "<script>";
        engine.host.say(DATABASE, new DatabaseFacts.Unknown(reason));

        Page page = fixture.page();
        assertThat(page.database()).isEqualTo(new DatabaseView.Unknown(reason));
        assertThat(ids(page)).containsExactly(backup.id());
        assertThat(codes(page.create().failures())).contains("database-unknown");
    }

    @Test
    @DisplayName("D1 a live database has its name, as the host gave it")
    void liveDatabase() {
        assertThat(fixture.page().database())
                .isEqualTo(new DatabaseView.Live(NAME, DatabaseStatus.ACTIVE, PageFixture.REGION));
        assertThat(fixture.page().database().shownName()).contains(NAME);
        assertThat(fixture.page().at()).isEqualTo(engine.clock.instant());
    }

    @Test
    @DisplayName(
            "D1 D3 who may not see backups has no page; who may see and no more is offered neither backup nor restore")
    void permissions() {
        Backup backup = engine.backup();
        engine.access = (actor, action, database) -> action != Action.VIEW_BACKUPS;
        assertThatThrownBy(fixture::page)
                .isInstanceOfSatisfying(
                        FailedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_PERMITTED));

        engine.access = (actor, action, database) -> action == Action.VIEW_BACKUPS;
        assertThat(fixture.against(backup)).containsExactly("not-permitted");
        assertThat(codes(fixture.page().create().failures())).containsExactly("not-permitted");
    }

    private static Instant ended(Backup backup) {
        return Objects.requireNonNull(backup.endedAt());
    }
}
