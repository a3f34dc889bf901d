package io.parix.backup.core.job;

import io.parix.backup.Failure;
import io.parix.backup.JobStatus;
import java.time.Instant;
import java.util.List;

/**
 * A restore job in one of its states. Each state has only the moves that are legal from it. Immutable; a move answers
 * the next state and stores nothing.
 */
public sealed interface RestoreJob {
    /** {@return what the job is since the request} */
    RestoreHeader header();

    /** {@return the state as a stored word} */
    RestoreStep step();

    /** {@return the public status} */
    default JobStatus status() {
        return step().status();
    }

    /**
     * The guard before a state is stored over another that was read at run time.
     *
     * @param next what is to be stored
     * @throws IllegalMoveException when no legal move leads there, {@code next} is another job, or it has an older
     *     fencing token
     */
    default void requireMoveTo(RestoreJob next) {
        RestoreMoves.require(this, next);
    }

    /** A state that a worker has begun, ended or not. */
    sealed interface Begun extends RestoreJob {
        /** {@return fencing token, start and the status to go back to} */
        RestoreRun run();
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

    /** A state whose failure goes back (spec F5): opening is not intended yet. */
    sealed interface Reversible extends Running {
        /**
         * Goes back.
         *
         * @param failure why
         * @return the first step of going back that this state needs
         */
        Undoing fail(Failure failure);
    }

    /** A state that can only go on: forward after opening is intended, or back once going back has begun. */
    sealed interface Irreversible extends Running {
        /**
         * Gives up: the host cannot do the step, however often it is asked. The old files are kept.
         *
         * @param failure why
         * @return the job, left to a person
         */
        NeedsOperator needOperator(Failure failure);
    }

    /** A step of going back. */
    sealed interface Undoing extends Irreversible {
        /** {@return why the restore goes back} */
        Failure failure();
    }

    /** A state in which the job has ended without success. */
    sealed interface Failed extends RestoreJob {
        /** {@return why} */
        Failure failure();
    }

    /**
     * Accepted, not begun.
     *
     * @param header the request
     */
    record Queued(RestoreHeader header) implements RestoreJob {
        /**
         * A worker claims it, after it was found eligible again (spec F2).
         *
         * @param run the worker's token and what is to be known for going back
         * @return the job, moving the profile
         */
        public Moving claimed(RestoreRun run) {
            return new Moving(header, run);
        }

        /**
         * Ends the job before it touched anything.
         *
         * @param failure why
         * @return the failed job
         */
        public Dismissed fail(Failure failure) {
            return new Dismissed(header, failure);
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.QUEUED;
        }
    }

    /**
     * The profile moves to provisioning; the old replicas go on serving (spec F3).
     *
     * @param header the request
     * @param run the worker's token and what is to be known for going back
     */
    record Moving(RestoreHeader header, RestoreRun run) implements Reversible {
        /** {@return the job whose profile has moved} */
        public Staging moved() {
            return new Staging(header, run);
        }

        @Override
        public UndoMoving fail(Failure failure) {
            return new UndoMoving(header, run, failure);
        }

        @Override
        public Moving takenOver(long fence) {
            return new Moving(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.MOVING;
        }
    }

    /**
     * The replica files are written beside the live ones and verified (spec F4).
     *
     * @param header the request
     * @param run the worker's token and what is to be known for going back
     */
    record Staging(RestoreHeader header, RestoreRun run) implements Reversible {
        /** {@return the job whose files are all staged, verified and durable} */
        public FencingOld staged() {
            return new FencingOld(header, run);
        }

        @Override
        public UndoMoving fail(Failure failure) {
            return new UndoMoving(header, run, failure);
        }

        @Override
        public Staging takenOver(long fence) {
            return new Staging(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.STAGING;
        }
    }

    /**
     * The old replicas are stopped and made unable to start (spec F7).
     *
     * @param header the request
     * @param run the worker's token and what is to be known for going back
     */
    record FencingOld(RestoreHeader header, RestoreRun run) implements Reversible {
        /** {@return the job whose old replicas the host has confirmed to be fenced} */
        public Swapping fenced() {
            return new Swapping(header, run);
        }

        @Override
        public UndoMoving fail(Failure failure) {
            return new UndoMoving(header, run, failure);
        }

        @Override
        public FencingOld takenOver(long fence) {
            return new FencingOld(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.FENCING_OLD;
        }
    }

    /**
     * The staged files take the place of the live ones, which are kept.
     *
     * @param header the request
     * @param run the worker's token and what is to be known for going back
     */
    record Swapping(RestoreHeader header, RestoreRun run) implements Reversible {
        /** {@return the job whose staged files are all in place} */
        public Starting swapped() {
            return new Starting(header, run);
        }

        @Override
        public UndoSwapping fail(Failure failure) {
            return new UndoSwapping(header, run, failure);
        }

        @Override
        public Swapping takenOver(long fence) {
            return new Swapping(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.SWAPPING;
        }
    }

    /**
     * All restored replicas start together, closed to traffic (spec F7).
     *
     * @param header the request
     * @param run the worker's token and what is to be known for going back
     */
    record Starting(RestoreHeader header, RestoreRun run) implements Reversible {
        /** {@return the job whose replicas have all started} */
        public Confirming started() {
            return new Confirming(header, run);
        }

        @Override
        public UndoFencing fail(Failure failure) {
            return new UndoFencing(header, run, failure);
        }

        @Override
        public Starting takenOver(long fence) {
            return new Starting(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.STARTING;
        }
    }

    /**
     * The host is asked whether the restored cluster works.
     *
     * @param header the request
     * @param run the worker's token and what is to be known for going back
     */
    record Confirming(RestoreHeader header, RestoreRun run) implements Reversible {
        /** {@return the job whose cluster works; storing the answer is the durable intent to open} */
        public Opening confirmed() {
            return new Opening(header, run);
        }

        @Override
        public UndoFencing fail(Failure failure) {
            return new UndoFencing(header, run, failure);
        }

        @Override
        public Confirming takenOver(long fence) {
            return new Confirming(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.CONFIRMING;
        }
    }

    /**
     * The cluster is opened to traffic and the profile moves to active. There is no way back.
     *
     * @param header the request
     * @param run the worker's token
     */
    record Opening(RestoreHeader header, RestoreRun run) implements Irreversible {
        /** {@return the job whose database serves what was restored} */
        public Releasing opened() {
            return new Releasing(header, run);
        }

        @Override
        public NeedsOperator needOperator(Failure failure) {
            return new NeedsOperator(header, run, step(), List.of(failure));
        }

        @Override
        public Opening takenOver(long fence) {
            return new Opening(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.OPENING;
        }
    }

    /**
     * The old files and the staging place are let go. The database serves already.
     *
     * @param header the request
     * @param run the worker's token
     */
    record Releasing(RestoreHeader header, RestoreRun run) implements Irreversible {
        /**
         * Everything is let go.
         *
         * @param at when, on the catalog's clock
         * @return the completed job
         */
        public Completed released(Instant at) {
            return new Completed(header, run, at);
        }

        @Override
        public NeedsOperator needOperator(Failure failure) {
            return new NeedsOperator(header, run, step(), List.of(failure));
        }

        @Override
        public Releasing takenOver(long fence) {
            return new Releasing(header, run.takenOver(fence));
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.RELEASING;
        }
    }

    /**
     * Going back: restored replicas, which may have started, are stopped and made unable to start (spec F5).
     *
     * @param header the request
     * @param run the worker's token and the status to go back to
     * @param failure why the restore goes back
     */
    record UndoFencing(RestoreHeader header, RestoreRun run, Failure failure) implements Undoing {
        /** {@return the job whose restored replicas the host has confirmed to be fenced} */
        public UndoSwapping fenced() {
            return new UndoSwapping(header, run, failure);
        }

        @Override
        public NeedsOperator needOperator(Failure stuck) {
            return new NeedsOperator(header, run, step(), List.of(failure, stuck));
        }

        @Override
        public UndoFencing takenOver(long fence) {
            return new UndoFencing(header, run.takenOver(fence), failure);
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.UNDO_FENCING;
        }
    }

    /**
     * Going back: the old files take their place again.
     *
     * @param header the request
     * @param run the worker's token and the status to go back to
     * @param failure why the restore goes back
     */
    record UndoSwapping(RestoreHeader header, RestoreRun run, Failure failure) implements Undoing {
        /** {@return the job whose old files are all in place} */
        public UndoMoving swappedBack() {
            return new UndoMoving(header, run, failure);
        }

        @Override
        public NeedsOperator needOperator(Failure stuck) {
            return new NeedsOperator(header, run, step(), List.of(failure, stuck));
        }

        @Override
        public UndoSwapping takenOver(long fence) {
            return new UndoSwapping(header, run.takenOver(fence), failure);
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.UNDO_SWAPPING;
        }
    }

    /**
     * Going back: the old replicas serve, and the profile gets the status from before.
     *
     * @param header the request
     * @param run the worker's token and the status to go back to
     * @param failure why the restore goes back
     */
    record UndoMoving(RestoreHeader header, RestoreRun run, Failure failure) implements Undoing {
        /** {@return the failed job, whose database is as it was} */
        public Undone movedBack() {
            return new Undone(header, run, failure);
        }

        @Override
        public NeedsOperator needOperator(Failure stuck) {
            return new NeedsOperator(header, run, step(), List.of(failure, stuck));
        }

        @Override
        public UndoMoving takenOver(long fence) {
            return new UndoMoving(header, run.takenOver(fence), failure);
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.UNDO_MOVING;
        }
    }

    /**
     * The database serves what was restored.
     *
     * @param header the request
     * @param run the last worker's token
     * @param completedAt when
     */
    record Completed(RestoreHeader header, RestoreRun run, Instant completedAt) implements Begun {
        /** Refuses an end before the start. */
        public Completed {
            Require.notBefore("completion", completedAt, run.startedAt());
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.COMPLETED;
        }
    }

    /**
     * Failed before it began; nothing was touched.
     *
     * @param header the request
     * @param failure why
     */
    record Dismissed(RestoreHeader header, Failure failure) implements Failed {
        @Override
        public RestoreStep step() {
            return RestoreStep.DISMISSED;
        }
    }

    /**
     * Failed; the database is as it was.
     *
     * @param header the request
     * @param run the last worker's token
     * @param failure why
     */
    record Undone(RestoreHeader header, RestoreRun run, Failure failure) implements Failed, Begun {
        @Override
        public RestoreStep step() {
            return RestoreStep.UNDONE;
        }
    }

    /**
     * Neither forward nor back: the old files are kept, and a person must decide.
     *
     * @param header the request
     * @param run the last worker's token and the status from before
     * @param stuckIn the step that the host could not do
     * @param failures why, oldest first: where going back failed, what it went back for and then what stopped it
     */
    record NeedsOperator(RestoreHeader header, RestoreRun run, RestoreStep stuckIn, List<Failure> failures)
            implements Failed, Begun {
        /** Copies the list; refuses a job that nothing stopped. */
        public NeedsOperator {
            failures = List.copyOf(failures);
            Require.that(
                    stuckIn.next().contains(RestoreStep.NEEDS_OPERATOR), "step", stuckIn, "no restore is stuck in it");
            Require.that(!failures.isEmpty(), "restore", header.restore(), "nothing says why it is stuck");
        }

        /** {@return what stopped it} */
        @Override
        public Failure failure() {
            return failures.get(failures.size() - 1);
        }

        @Override
        public RestoreStep step() {
            return RestoreStep.NEEDS_OPERATOR;
        }
    }
}
