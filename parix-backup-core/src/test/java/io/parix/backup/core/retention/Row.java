package io.parix.backup.core.retention;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.Check;
import io.parix.backup.Deletion;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.PendingRetention;
import io.parix.backup.Report;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.RetentionSource;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.profile.Profiles;
import io.parix.backup.core.retention.RetentionCandidate.Manifest;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.host.DatabaseFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A backup on record: completed at noon, sound, own, in its place, with nothing that holds it, unless set otherwise. */
final class Row {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00.000007Z");
    static final Actor OWNER = new Actor("owner");
    static final Verification SOUND = new Verification(VerificationLevel.READ_BACK, NOON, Report.empty());
    static final Verification DAMAGED = new Verification(
            VerificationLevel.READ_BACK,
            NOON,
            new Report(List.of(new Check("C4", "chunk-wrong", Check.Outcome.FAIL, "a", "b", "A chunk is wrong."))));
    static final DatabaseFacts LIVE = new DatabaseFacts.Live(Profiles.LEDGER);
    static final DatabaseFacts DELETED = new DatabaseFacts.Deleted(NOON);
    static final DatabaseFacts UNKNOWN = new DatabaseFacts.Unknown("The directory does not answer.");

    final BackupId id;
    Stage stage = Stage.COMPLETED;

    @Nullable
    Instant endedAt = NOON;

    @Nullable
    Instant completeBefore;

    @Nullable
    Verification verification = SOUND;

    @Nullable
    Hold hold;

    @Nullable
    Deletion deletion;

    Ownership ownership = Ownership.OWN;
    Place place = Place.REGISTERED;
    Manifest manifest = Manifest.UNDOUBTED;
    Set<Pin> pins = Set.of();

    Row(String id) {
        this.id = new BackupId(id);
    }

    static Row completed(String id, Instant at) {
        return new Row(id).ended(Stage.COMPLETED, at);
    }

    static Row running(String id) {
        return new Row(id).ended(Stage.RUNNING, null);
    }

    Row ended(Stage how, @Nullable Instant at) {
        stage = how;
        endedAt = at;
        return this;
    }

    Row covering(Instant before) {
        completeBefore = before;
        return this;
    }

    Row verified(@Nullable Verification found) {
        verification = found;
        return this;
    }

    Row held(Hold.Reason reason) {
        hold = new Hold(reason, reason == Hold.Reason.ASKED ? OWNER : null, NOON);
        return this;
    }

    Row deleted() {
        deletion = new Deletion(OWNER, NOON);
        return this;
    }

    Row of(Ownership whose) {
        ownership = whose;
        return this;
    }

    Row at(Place where) {
        place = where;
        return this;
    }

    /** Damaged, in that its manifest is. */
    Row without(Manifest found) {
        manifest = found;
        return verified(DAMAGED);
    }

    Row pinned(Pin... by) {
        pins = Set.of(by);
        return this;
    }

    RetentionCandidate candidate() {
        return new RetentionCandidate(
                id, stage, endedAt, completeBefore, verification, hold, deletion, ownership, place, manifest, pins);
    }

    static RetentionSetting setting(RetentionPeriod period) {
        return new RetentionSetting(period, RetentionSource.ORGANIZATION, null);
    }

    static RetentionSetting setting(int days) {
        return setting(RetentionPeriod.days(days));
    }

    /** A setting with a shortening that waits until {@code effectiveAt}. */
    static RetentionSetting shortened(RetentionPeriod from, int toDays, Instant effectiveAt) {
        PendingRetention pending = new PendingRetention(
                RetentionPeriod.days(toDays),
                RetentionSource.ORGANIZATION,
                effectiveAt,
                OWNER,
                effectiveAt.minus(Duration.ofDays(1)));
        return new RetentionSetting(from, RetentionSource.ORGANIZATION, pending);
    }

    static Instant days(int after) {
        return NOON.plus(Duration.ofDays(after));
    }
}
