package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.EngineFixture.DATABASE;
import static io.parix.backup.testkit.fault.Effect.keep;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.locked;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Turns.first;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupAnswer;
import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.CleanUpBlocked;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.JobStatus;
import io.parix.backup.OrganizationId;
import io.parix.backup.PageRow;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.Role;
import io.parix.backup.VerificationLevel;
import io.parix.backup.Workflow;
import io.parix.backup.WorkflowKind;
import io.parix.backup.archive.datafile.DataFileLayout;
import io.parix.backup.engine.ParixBackup;
import io.parix.backup.engine.settings.EngineSettings;
import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.Organizations;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.testkit.datafile.SyntheticCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whether a row offers a restore, and every reason why not. */
class PageRestoreTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName(
            "D3 E1 a completed backup offers a restore, with the checks of a request, and says when it was looked at")
    void offered() {
        Backup backup = engine.backup();

        PageRow row = fixture.row(backup);

        assertThat(row.restorable()).isTrue();
        assertThat(rules(row.restore().checks()))
                .isEqualTo(
                        rules(engine.parix.restores().eligibility(backup.id()).checks()));
        Instant at = backup.completed().orElseThrow().verification().at();
        assertThat(row.restore().checks())
                .filteredOn(check -> check.rule().equals("E2") || check.rule().equals("E3"))
                .hasSize(2)
                .allSatisfy(check -> assertThat(check.found()).contains(at.toString()));
    }

    @Test
    @DisplayName(
            "D3 E2 E3 a later look at storage is what a row tells of, with its time; damage found takes the offer away")
    void damaged() {
        Backup backup = engine.backup();
        engine.clock.advance(Duration.ofHours(1));
        Instant looked = engine.clock.instant();
        assertThat(verify(backup).restorable()).isTrue();
        assertThat(found(fixture.row(backup), "E2")).contains(looked.toString());

        engine.store()
                .lose(new ObjectKey(engine.archived().stream()
                        .filter(key -> key.endsWith("-replica-1.idx"))
                        .findFirst()
                        .orElseThrow()));
        assertThat(fixture.row(backup).restorable())
                .as("nobody has looked since")
                .isTrue();
        PageRow row = verify(backup);

        assertThat(fixture.against(backup)).contains("artifacts-damaged", "replicas-missing");
        assertThat(row.restorable()).isFalse();
        assertThat(found(row, "E2")).contains(looked.toString());
    }

    private PageRow verify(Backup backup) {
        var unused = engine.parix.backups().verify(backup.id(), VerificationLevel.WRITTEN, ACTOR);
        return fixture.row(backup);
    }

    @Test
    @DisplayName("D3 E1 one that is queued, runs or failed offers no restore, and says which")
    void notCompleted() {
        Backup queued = ((BackupAnswer.Accepted) engine.request()).backup();
        assertThat(fixture.against(queued))
                .contains("backup-not-completed", "metadata-not-captured", "workflow-active");

        engine.faults.add(answer("capture", first(1)).with(new Capture.Pending("cutting", Duration.ofMinutes(1))));
        assertThat(engine.dispatcher.runNext()).isTrue();
        Backup running = fixture.row(queued).backup();
        assertThat(running.status()).isEqualTo(JobStatus.RUNNING);
        assertThat(fixture.row(running).when().at()).isEqualTo(running.startedAt());
        assertThat(fixture.against(running)).contains("backup-not-completed", "workflow-active");

        engine.faults.add(fail("putIfAbsent").with(refused(ErrorKind.DENIED, "\u202eNo \u0000writing.")));
        engine.dispatcher.runUntilQuiet();

        PageRow failed = fixture.row(queued);
        assertThat(failed.restorable()).isFalse();
        assertThat(fixture.against(queued)).contains("backup-failed").doesNotContain("workflow-active");
        assertThat(failed.sizes()).isEmpty();
        assertThat(failed.when().at()).isEqualTo(failed.backup().endedAt());
    }

    @Test
    @DisplayName(
            "D3 E14 H6 one that is due offers no restore, one on hold does, one that is being removed says what keeps it")
    void dueHeldAndExpiring() {
        Backup due = engine.backup();
        engine.clock.advance(Duration.ofDays(1));
        engine.host.files(DATABASE, EngineFixture.files(another()));
        Backup young = engine.backup();
        engine.clock.advanceTo(ended(due).plus(Duration.ofDays(7)).minusNanos(1_000));
        assertThat(fixture.against(due)).isEmpty();

        engine.clock.advance(Duration.ofNanos(1_000));
        assertThat(fixture.against(due)).containsExactly("clean-up-due");
        engine.parix.backups().hold(due.id(), ACTOR);
        assertThat(fixture.against(due)).isEmpty();
        assertThat(reason(due)).isEqualTo(Reason.ON_HOLD);

        engine.parix.backups().lift(due.id(), ACTOR);
        Instant until = engine.clock.instant().plus(Duration.ofDays(2));
        engine.faults.add(strike("ObjectStore.delete").with(keep(locked(until))).ending("manifest.json"));
        fixture.elapse(Duration.ofHours(6));
        assertThat(fixture.against(due)).contains("being-cleaned-up");
        assertThat(reason(due)).isEqualTo(Reason.BEING_REMOVED);
        assertThat(fixture.row(due).obstacle()).map(CleanUpBlocked::code).contains("locked-until");
        assertThat(fixture.row(young).obstacle()).isEmpty();
        assertThat(fixture.against(young)).isEmpty();
    }

    @Test
    @DisplayName(
            "D3 E5 E12 F3 another region, another version and another status each take the offer away, all told at once")
    void otherShape() {
        Backup backup = engine.backup();
        engine.host.change(DATABASE, profile -> Profiles.inRegion(profile, "us-east-1"));
        assertThat(fixture.against(backup)).containsExactly("region-mismatch");

        engine.host.change(DATABASE, profile -> Profiles.inVersion(profile, "0.17.9"));
        engine.host.change(DATABASE, profile -> Profiles.withStatus(profile, DatabaseStatus.PROVISIONING));
        assertThat(fixture.against(backup))
                .containsExactly("region-mismatch", "tigerbeetle-version-mismatch", "status-not-restorable");
    }

    @Test
    @DisplayName("D3 E13 a workflow takes the offer away until it has ended")
    void workflowActive() {
        Backup backup = engine.backup();
        Workflow resize = new Workflow(WorkflowKind.PROVISIONING, "resize-7");
        engine.parix.occupy(DATABASE, resize);
        assertThat(fixture.against(backup)).containsExactly("workflow-active");

        engine.parix.vacate(DATABASE, resize);
        assertThat(fixture.against(backup)).isEmpty();
    }

    @Test
    @DisplayName("D3 F6 a backup that a restore reads is kept past its age, and the row says so")
    void inUse() {
        Backup old = engine.backup();
        engine.clock.advance(Duration.ofDays(6));
        engine.backup();
        var unused = engine.requestRestore(old);
        engine.clock.advance(Duration.ofDays(2));

        assertThat(reason(old)).isEqualTo(Reason.IN_USE);
    }

    @Test
    @DisplayName("D3 E15 H2 of a deleted or unknown database every value fails to compare, with a code of its own")
    void noProfile() {
        Backup backup = engine.backup();
        engine.host.say(DATABASE, new DatabaseFacts.Deleted(engine.clock.instant()));
        assertThat(fixture.against(backup)).hasSizeGreaterThanOrEqualTo(9).containsOnly("no-current-profile");

        engine.host.say(DATABASE, new DatabaseFacts.Unknown("no answer"));
        assertThat(fixture.against(backup)).contains("no-current-profile", "workflows-not-known");
    }

    @Test
    @DisplayName("D3 C11 a backup that lies elsewhere is shown, not offered, and left alone")
    void elsewhere() {
        Backup backup = engine.backup();
        try (ParixBackup moved = engine.builder(engine.catalog, engine.provider, new SteppedDispatcher(engine.clock), 5)
                .storage(engine.places.location("bucket", new KeyPrefix("elsewhere")))
                .build()
                .start()) {
            PageRow row = moved.backupsPage().page(PageFixture.request()).rows().get(0);

            assertThat(row.backup().id()).isEqualTo(backup.id());
            assertThat(PageFixture.codes(row.restore().failures())).containsExactly("location-changed");
            assertThat(row.expires().orElseThrow().decision().reason()).isEqualTo(Reason.LOCATION_NOT_REGISTERED);
        }
        assertThat(fixture.against(backup)).isEmpty();
    }

    @Test
    @DisplayName("D5 H11 where the host cannot tell whose the database is, the page shows the backups, and no expiry")
    void organizationUnknown() {
        Backup backup = engine.backup();
        engine.clock.advance(Duration.ofDays(30));
        try (ParixBackup lost = engine.builder(engine.catalog, engine.provider, new SteppedDispatcher(engine.clock), 5)
                .organizations(new Nobody())
                .build()
                .start()) {
            var page = lost.backupsPage().page(PageFixture.request());

            assertThat(page.automatic().setting()).isEmpty();
            assertThat(page.rows().get(0).expires()).isEmpty();
            assertThat(page.rows().get(0).restorable()).isTrue();
            assertThat(lost.backupsPage()
                            .protection(DATABASE)
                            .newestRestorable()
                            .orElseThrow()
                            .backup())
                    .isEqualTo(backup);
        }
    }

    private static final class Nobody implements Organizations {
        @Override
        public OrganizationId of(DatabaseId database) {
            throw new IllegalStateException("no answer");
        }

        @Override
        public List<DatabaseId> databases(OrganizationId organization) {
            return List.of();
        }

        @Override
        public Optional<Role> role(Actor actor, OrganizationId organization) {
            return Optional.empty();
        }
    }

    /** A cluster that shares no segment with the fixture's. */
    private static SyntheticCluster another() {
        return SyntheticCluster.builder(DataFileLayout.TINY)
                .used(new ByteSize(40 * 4096))
                .seed(12)
                .build();
    }

    private Reason reason(Backup backup) {
        return fixture.row(backup).expires().orElseThrow().decision().reason();
    }

    private static List<String> rules(List<Check> checks) {
        return checks.stream().map(Check::rule).toList();
    }

    private static String found(PageRow row, String rule) {
        return row.restore().checks().stream()
                .filter(check -> check.rule().equals(rule))
                .map(Check::found)
                .findFirst()
                .orElseThrow();
    }

    private static Instant ended(Backup backup) {
        return Objects.requireNonNull(backup.endedAt());
    }
}
