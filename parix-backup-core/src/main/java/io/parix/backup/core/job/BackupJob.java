package io.parix.backup.core.job;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.CapturedProfile;
import io.parix.backup.Deletion;
import io.parix.backup.DrillRecord;
import io.parix.backup.ErrorCode;
import io.parix.backup.Failure;
import io.parix.backup.Hold;
import io.parix.backup.JobStatus;
import io.parix.backup.Ownership;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.Report;
import io.parix.backup.Verification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backup job in one of its states. Each state has only the moves that are legal from it, and carries only what exists
 * in it. Immutable; a move answers the next state and stores nothing.
 */
public sealed interface BackupJob {
    /** {@return what the job is since the request} */
    BackupHeader header();

    /** {@return the state as a stored word} */
    BackupStep step();

    /** {@return the public status} */
    default JobStatus status() {
        return step().status();
    }

    /**
     * Cancels, where it is not too late (spec B5).
     *
     * @param by who asks
     * @param at when, on the catalog's clock
     * @return the failed job to be stored, or that it is too late
     */
    default Cancellation cancel(Actor by, Instant at) {
        if (this instanceof Revocable revocable) {
            String words = "The backup was cancelled by " + by + " while it was " + step().code() + ".";
            return new Cancellation.Cancelled(
                    revocable.fail(new Failure(ErrorCode.CANCELLED, words, Report.empty(), at)));
        }
        return new Cancellation.TooLate(step());
    }

    /**
     * The guard before a state is stored over another that was read at run time.
     *
     * @param next what is to be stored
     * @throws IllegalMoveException when no legal move leads there, {@code next} is another job, it has an older attempt
     *     or fencing token, it forgets a name of the intent, or it differs from the commit that is decided
     */
    default void requireMoveTo(BackupJob next) {
        BackupMoves.require(this, next);
    }

    /** A state that can still end without success. */
    sealed interface Revocable extends BackupJob {
        /**
         * Ends the job without success.
         *
         * @param failure why
         * @return the failed job
         */
        Failed fail(Failure failure);
    }

    /** A state that a worker has begun, ended or not. */
    sealed interface Begun extends BackupJob {
        /** {@return attempt, fencing token, start and intent} */
        BackupRun run();
    }

    /** A state in which a worker is at work. */
    sealed interface Running extends Begun {
        /**
         * Another worker takes the job up where it is.
         *
         * @param fence that worker's fencing token, higher than the one before
         * @return the same state in its hands
         */
        Running takenOver(long fence);
    }

    /** A state in which the job has ended without success. */
    sealed interface Failed extends BackupJob {
        /** {@return why} */
        Failure failure();
    }

    /**
     * Accepted, not begun.
     *
     * @param header the request
     */
    record Queued(BackupHeader header) implements Revocable {
        /**
         * A worker claims it; its intent is stored by the same write (spec B6).
         *
         * @param run the first attempt
         * @return the job, asking for images
         */
        public Capturing claimed(BackupRun run) {
            return new Capturing(header, first(run));
        }

        /**
         * A worker claims it, where there are volumes; its intent is stored by the same write (spec B6, C1).
         *
         * @param run the first attempt, with the snapshots that it plans
         * @return the job, asking for snapshots
         */
        public Snapshotting snapshotting(BackupRun run) {
            return new Snapshotting(header, first(run));
        }

        private static BackupRun first(BackupRun run) {
            Require.that(run.attempt() == 1, "claim", "of attempt " + run.attempt(), "a job begins with attempt 1");
            return run;
        }

        @Override
        public Dismissed fail(Failure failure) {
            return new Dismissed(header, failure);
        }

        @Override
        public BackupStep step() {
            return BackupStep.QUEUED;
        }
    }

    /**
     * Snapshots of the replica volumes are asked for and watched (spec C1).
     *
     * @param header the request
     * @param run the attempt, with at least one snapshot
     */
    record Snapshotting(BackupHeader header, BackupRun run) implements Revocable, Running {
        /** Refuses an attempt without snapshots. */
        public Snapshotting {
            Require.that(!run.volumes().isEmpty(), "attempt", run.attempt(), "it plans no snapshot");
        }

        /**
         * The snapshots were looked at, and not all are where they must be.
         *
         * @param seen what was found
         * @return the job, still watching them
         */
        public Snapshotting observed(Snapshots seen) {
            return new Snapshotting(header, run.seeing(seen));
        }

        /**
         * The job goes on with the snapshots that there are.
         *
         * @param seen what was found
         * @return the job, asking for images
         */
        public Capturing cut(Snapshots seen) {
            return new Capturing(header, run.seeing(seen));
        }

        /**
         * Notes what the database is, before anything of it is asked for.
         *
         * @param profile what the host says
         * @return the job, with that in mind
         */
        public Snapshotting noted(CapturedProfile profile) {
            return new Snapshotting(header, run.of(profile));
        }

        @Override
        public Snapshotting takenOver(long fence) {
            return new Snapshotting(header, run.takenOver(fence));
        }

        @Override
        public Unswept fail(Failure failure) {
            return new Unswept(header, run, failure);
        }

        @Override
        public BackupStep step() {
            return BackupStep.SNAPSHOTTING;
        }
    }

    /**
     * The images are asked for.
     *
     * @param header the request
     * @param run the attempt
     */
    record Capturing(BackupHeader header, BackupRun run) implements Revocable, Running {
        /**
         * The images are there.
         *
         * @param captured what is known of them
         * @param base the backup that it may share bytes with, which nothing removes meanwhile; null for none
         * @return the job, reading them
         */
        public Exporting captured(Captured captured, @Nullable BackupId base) {
            return new Exporting(header, run.of(null), captured, base);
        }

        /**
         * Asks for other images under a new attempt.
         *
         * @param more what the new attempt will create
         * @return the job under the next attempt
         * @throws IllegalMoveException when no attempt is left; {@link BackupRun#attemptsLeft()} says so before
         */
        public Capturing startOver(Intent more) {
            return new Capturing(header, BackupMoves.nextAttempt(this, more, Snapshots.NONE));
        }

        /**
         * Notes what the database is, before anything of it is asked for.
         *
         * @param profile what the host says
         * @return the job, with that in mind
         */
        public Capturing noted(CapturedProfile profile) {
            return new Capturing(header, run.of(profile));
        }

        @Override
        public Capturing takenOver(long fence) {
            return new Capturing(header, run.takenOver(fence));
        }

        @Override
        public Unswept fail(Failure failure) {
            return new Unswept(header, run, failure);
        }

        @Override
        public BackupStep step() {
            return BackupStep.CAPTURING;
        }
    }

    /**
     * The images are read, checked and stored.
     *
     * @param header the request
     * @param run the attempt
     * @param captured what is known of the images
     * @param base the backup whose bytes it may share and that clean-up leaves alone meanwhile (spec C12, H4), or null
     */
    record Exporting(
            BackupHeader header,
            BackupRun run,
            Captured captured,
            @Nullable BackupId base) implements Revocable, Running {
        /** {@return the backup that it may share bytes with, where there is one} */
        public Optional<BackupId> pinned() {
            return Optional.ofNullable(base);
        }

        /**
         * Shares with another backup, because the one before cannot be shared with.
         *
         * @param other another one
         * @return the job with its pin on that one
         */
        public Exporting pinning(BackupId other) {
            return new Exporting(header, run, captured, other);
        }

        /**
         * Everything but the manifest is stored. Storing the answer decides the commit: the job completes from here.
         *
         * @param contents what the backup holds
         * @param manifest the exact bytes of its manifest
         * @return the job, putting its manifest
         */
        public Committing exported(Contents contents, ManifestBytes manifest) {
            return new Committing(header, run, captured, contents, manifest);
        }

        /**
         * Lets the images go, because they are no coherent set or moved, and asks for others under a new attempt.
         *
         * @param more what the new attempt will create
         * @return the job under the next attempt
         * @throws IllegalMoveException when no attempt is left; {@link BackupRun#attemptsLeft()} says so before
         */
        public Capturing startOver(Intent more) {
            return new Capturing(header, BackupMoves.nextAttempt(this, more, Snapshots.NONE));
        }

        /**
         * The same where there are volumes: the next attempt begins with its snapshots.
         *
         * @param more what the new attempt will create
         * @param planned its snapshots, at least one
         * @return the job under the next attempt
         * @throws IllegalMoveException when no attempt is left; {@link BackupRun#attemptsLeft()} says so before
         */
        public Snapshotting snapshotAgain(Intent more, Snapshots planned) {
            return new Snapshotting(header, BackupMoves.nextAttempt(this, more, planned));
        }

        @Override
        public Exporting takenOver(long fence) {
            return new Exporting(header, run.takenOver(fence), captured, base);
        }

        @Override
        public Unswept fail(Failure failure) {
            return new Unswept(header, run, failure);
        }

        @Override
        public BackupStep step() {
            return BackupStep.EXPORTING;
        }
    }

    /**
     * The exact manifest is decided and is being put, create-if-absent, by whoever comes.
     *
     * @param header the request
     * @param run the attempt
     * @param captured what is known of the images
     * @param contents what the backup holds
     * @param manifest the exact bytes to put
     */
    record Committing(BackupHeader header, BackupRun run, Captured captured, Contents contents, ManifestBytes manifest)
            implements Running {
        /** Refuses bytes of another length than the contents say. */
        public Committing {
            Require.that(
                    contents.manifest().size().equals(manifest.size()),
                    "manifest",
                    manifest,
                    "the contents say " + contents.manifest().size().bytes() + " bytes");
        }

        /** {@return the job whose manifest is in storage} */
        public Completing committed() {
            return new Completing(header, run, captured, contents);
        }

        @Override
        public Committing takenOver(long fence) {
            return new Committing(header, run.takenOver(fence), captured, contents, manifest);
        }

        @Override
        public BackupStep step() {
            return BackupStep.COMMITTING;
        }
    }

    /**
     * The manifest is in storage: the backup exists. Snapshots become usable, images are released, leftovers of earlier attempts
     * swept.
     *
     * @param header the request
     * @param run the attempt
     * @param captured what is known of the images
     * @param contents what the backup holds
     */
    record Completing(BackupHeader header, BackupRun run, Captured captured, Contents contents) implements Running {
        /**
         * The snapshots were looked at.
         *
         * @param seen what was found
         * @return the job, which knows it
         */
        public Completing observed(Snapshots seen) {
            return new Completing(header, run.seeing(seen), captured, contents);
        }

        /**
         * The backup is restorable (spec C8).
         *
         * @param at when, on the catalog's clock; its age counts from here (spec H8)
         * @param verification what was confirmed of it; passed
         * @return the completed job
         */
        public Completed completed(Instant at, Verification verification) {
            List<ReplicaSnapshot> pending = run.volumes().pending(Snapshots.Until.USABLE);
            Require.that(
                    pending.isEmpty(), "completion of backup", header.backup(), "snapshots are not usable: " + pending);
            Require.that(
                    verification.passed(),
                    "completion of backup",
                    header.backup(),
                    "its verification failed: " + verification.report().reasons());
            return new Completed(this, at, verification);
        }

        @Override
        public Completing takenOver(long fence) {
            return new Completing(header, run.takenOver(fence), captured, contents);
        }

        @Override
        public BackupStep step() {
            return BackupStep.COMPLETING;
        }
    }

    /**
     * Restorable, unless a later verification found it damaged.
     *
     * @param header the request
     * @param run the attempt that succeeded
     * @param captured what is known of the images
     * @param contents what the backup holds
     * @param completedAt when it was completed
     * @param verification what was last found out about it (spec C10)
     * @param standing whose it is, and what keeps it
     */
    record Completed(
            BackupHeader header,
            BackupRun run,
            Captured captured,
            Contents contents,
            Instant completedAt,
            Verification verification,
            Standing standing)
            implements Begun {
        /** Refuses an end before the start. */
        public Completed {
            Require.notBefore("completion", completedAt, run.startedAt());
        }

        private Completed(Completing done, Instant completedAt, Verification verification) {
            this(done.header, done.run, done.captured, done.contents, completedAt, verification, Standing.MADE_HERE);
        }

        /**
         * It was looked at again.
         *
         * @param latest what was found, passed or not
         * @return the backup with that finding
         */
        public Completed verified(Verification latest) {
            return new Completed(header, run, captured, contents, completedAt, latest, standing);
        }

        /**
         * It is put on hold, and no deletion stands; one that is on hold stays as it is (spec H6).
         *
         * @param hold why
         * @return the backup on hold
         */
        public Completed held(Hold hold) {
            return standing.hold() != null ? this : in(standing.kept(hold));
        }

        /** {@return the backup with nothing to keep it (spec H6, C11)} */
        public Completed lifted() {
            return standing.hold() == null ? this : in(standing.lifted());
        }

        /**
         * Somebody wants it removed, and nothing holds it (spec H6); a deletion that was asked for before stays as it is.
         *
         * @param asked who, and when
         * @return the backup, to be removed
         */
        public Completed deleted(Deletion asked) {
            return standing.deletion() != null ? this : in(standing.deleted(asked));
        }

        /** {@return the backup of an installation whose place was taken over since (spec C11)} */
        public Completed owned() {
            return in(standing.owned());
        }

        /**
         * It was restored into a scratch place (spec F9). What that says of it beside other looks is for {@link #verified}.
         *
         * @param drill what was found out; one that began before the last one did changes nothing
         * @return the backup with that record
         */
        public Completed drilled(DrillRecord drill) {
            return in(standing.drilled(drill));
        }

        /**
         * It is past its age or its deletion was asked for, and its clean-up begins (spec H3): from here on it is neither restored, shared with nor held.
         *
         * @param at when, on the catalog's clock
         * @return the backup, being removed
         */
        public Expiring expiring(Instant at) {
            Require.that(standing.hold() == null, "clean-up of backup", header.backup(), "it is on hold");
            Require.that(
                    standing.ownership() == Ownership.OWN,
                    "clean-up of backup",
                    header.backup(),
                    "another installation made it");
            return new Expiring(this, at);
        }

        private Completed in(Standing now) {
            return new Completed(header, run, captured, contents, completedAt, verification, now);
        }

        @Override
        public BackupStep step() {
            return BackupStep.COMPLETED;
        }
    }

    /**
     * Being removed from storage, in an order that a crash resumes; its row goes once everything is seen gone (spec H3).
     *
     * @param backup as it was
     * @param since when its clean-up began
     */
    record Expiring(Completed backup, Instant since) implements Begun {
        @Override
        public BackupHeader header() {
            return backup.header();
        }

        @Override
        public BackupRun run() {
            return backup.run();
        }

        @Override
        public BackupStep step() {
            return BackupStep.EXPIRING;
        }
    }

    /**
     * Failed before it began: cancelled in the queue, or refused at its claim. Nothing was ever created.
     *
     * @param header the request
     * @param failure why
     */
    record Dismissed(BackupHeader header, Failure failure) implements Failed {
        @Override
        public BackupStep step() {
            return BackupStep.DISMISSED;
        }
    }

    /**
     * Failed, and what its intent names may still be there (spec B3). The job has ended: the sweep holds no slot.
     *
     * @param header the request
     * @param run the last attempt
     * @param failure why
     */
    record Unswept(BackupHeader header, BackupRun run, Failure failure) implements Failed, Begun {
        /** {@return the job of which nothing is left at any provider} */
        public Swept swept() {
            return new Swept(header, run, failure);
        }

        @Override
        public BackupStep step() {
            return BackupStep.UNSWEPT;
        }
    }

    /**
     * Failed, and nothing that it created is left (spec B3).
     *
     * @param header the request
     * @param run the last attempt
     * @param failure why
     */
    record Swept(BackupHeader header, BackupRun run, Failure failure) implements Failed, Begun {
        @Override
        public BackupStep step() {
            return BackupStep.SWEPT;
        }
    }
}
