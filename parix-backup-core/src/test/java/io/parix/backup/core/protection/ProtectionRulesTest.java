package io.parix.backup.core.protection;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Actor;
import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.Cadence;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.JobStatus;
import io.parix.backup.NextRun;
import io.parix.backup.Ownership;
import io.parix.backup.Progress;
import io.parix.backup.Protection.Newest;
import io.parix.backup.Report;
import io.parix.backup.ScheduleCard;
import io.parix.backup.Trigger;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.protection.ProtectionFacts.Kept;
import io.parix.backup.host.DatabaseFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProtectionRulesTest {
    private static final DatabaseId DATABASE = new DatabaseId("db-1");
    private static final Actor ACTOR = new Actor("ada");
    private static final DatabaseFacts DELETED = new DatabaseFacts.Deleted(Instant.EPOCH);
    private static final DatabaseFacts UNKNOWN = new DatabaseFacts.Unknown("no answer");

    /** The evening before the change to summer time, and to winter time, in Berlin. */
    private static final Instant SPRING = Instant.parse("2026-03-28T20:00:00Z");

    private static final Instant AUTUMN = Instant.parse("2026-10-24T20:00:00Z");

    @Test
    @DisplayName(
            "J2 with a schedule the newest backup may be two days old by its zone's wall clock: 47, 48 or 49 hours")
    void daysOfTheSchedule() {
        assertThat(tooOld(SPRING, Duration.ofHours(47), berlin())).isFalse();
        assertThat(tooOld(SPRING, Duration.ofHours(47).plusNanos(1), berlin())).isTrue();
        assertThat(tooOld(AUTUMN, Duration.ofHours(49), berlin())).isFalse();
        assertThat(tooOld(AUTUMN, Duration.ofHours(49).plusNanos(1), berlin())).isTrue();
        assertThat(tooOld(SPRING, Duration.ofDays(2), null)).isFalse();
        assertThat(tooOld(SPRING, Duration.ofDays(2).plusNanos(1), null)).isTrue();
    }

    private static boolean tooOld(Instant covered, Duration age, @Nullable ScheduleCard card) {
        Newest newest = new Newest(backup(), VerificationLevel.WRITTEN, covered, age);
        Kept kept = new Kept(newest, Report.empty(), 2, null, false);
        return codes(new ProtectionFacts(SPRING, UNKNOWN, kept, card, null)).contains("newest-older-than");
    }

    @Test
    @DisplayName(
            "J2 an age is told in whole hours, the one begun among them: what is too old never reads as what may be")
    void agesInHours() {
        assertThat(recent(Duration.ofDays(2)).found()).isEqualTo("48 hours");
        assertThat(recent(Duration.ofHours(1)).found()).isEqualTo("1 hour");
        assertThat(recent(Duration.ofHours(1).plusNanos(1)).found()).isEqualTo("2 hours");
        for (Duration late : List.of(Duration.ofNanos(1), Duration.ofMinutes(30), Duration.ofHours(1))) {
            Check check = recent(Duration.ofDays(2).plus(late));
            assertThat(check.expected()).isEqualTo("at most 48 hours");
            assertThat(check.found()).isEqualTo("49 hours");
            assertThat(check.sentence()).contains("49 hours old");
        }
    }

    private static Check recent(Duration age) {
        Newest newest = new Newest(backup(), VerificationLevel.WRITTEN, SPRING, age);
        return report(new Kept(newest, Report.empty(), 2, null, false)).checks().stream()
                .filter(check -> check.code().startsWith("newest-older-than")
                        || check.code().equals("newest-recent"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("J2 of nothing the report says that nothing is there, and not how old it is")
    void nothing() {
        Kept none = new Kept(null, Report.empty(), 0, null, false);

        assertThat(codes(new ProtectionFacts(SPRING, UNKNOWN, none, null, null)))
                .containsExactly("database-unknown", "no-backup", "newest-intact", "no-schedule", "clean-up-goes-on");
        assertThat(codes(new ProtectionFacts(SPRING, DELETED, none, null, "why")))
                .containsExactly("database-deleted", "no-backup", "newest-intact", "clean-up-stopped");
    }

    @Test
    @DisplayName("J2 a backup that is damaged is named, and one alone warns where two do not")
    void damagedAndAlone() {
        Newest newest = new Newest(backup(), VerificationLevel.WRITTEN, SPRING, Duration.ZERO);
        Report one = report(new Kept(newest, Report.empty(), 1, new BackupId("b-9"), false));

        assertThat(one.failures()).extracting(Check::code).contains("newest-damaged");
        assertThat(one.reasons()).contains("b-9");
        assertThat(one.warnings()).extracting(Check::code).contains("only-one-restorable");
        assertThat(report(new Kept(newest, Report.empty(), 2, null, false)).warnings())
                .extracting(Check::code)
                .containsExactly("no-schedule");
    }

    private static Report report(Kept kept) {
        return ProtectionRules.report(new ProtectionFacts(SPRING, UNKNOWN, kept, null, null));
    }

    private static List<String> codes(ProtectionFacts facts) {
        return ProtectionRules.report(facts).checks().stream().map(Check::code).toList();
    }

    private static ScheduleCard berlin() {
        NextRun next = new NextRun(LocalDate.of(2026, 3, 29), SPRING);
        return new ScheduleCard(DATABASE, Cadence.daily("22:00", "Europe/Berlin"), ACTOR, next, null, null, null);
    }

    private static Backup backup() {
        return new Backup(
                new BackupId("b-1"),
                DATABASE,
                JobStatus.COMPLETED,
                Trigger.MANUAL,
                ACTOR,
                SPRING,
                SPRING,
                SPRING,
                new Progress("completed", ByteSize.ZERO, ByteSize.ZERO, 1, null),
                null,
                null,
                Ownership.OWN,
                null,
                null);
    }
}
