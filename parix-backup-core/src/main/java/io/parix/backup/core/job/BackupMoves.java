package io.parix.backup.core.job;

import io.parix.backup.core.job.BackupJob.Begun;
import io.parix.backup.core.job.BackupJob.Committing;
import io.parix.backup.core.job.BackupJob.Completed;
import io.parix.backup.core.job.BackupJob.Completing;
import io.parix.backup.core.job.BackupJob.Expiring;
import io.parix.backup.core.job.BackupJob.Running;
import java.util.Optional;

/** The rules of a backup's moves that types alone cannot hold. */
final class BackupMoves {
    private BackupMoves() {}

    /** The next attempt of a job that has one left. */
    static BackupRun nextAttempt(Running job, Intent more, Snapshots planned) {
        BackupRun run = job.run();
        if (!run.attemptsLeft()) {
            BackupStep next = planned.isEmpty() ? BackupStep.CAPTURING : BackupStep.SNAPSHOTTING;
            throw illegal(job, next, "all " + run.maxAttempts() + " attempts are spent");
        }
        return run.again(more, planned);
    }

    /** Refuses a pair of states that no move connects. */
    static void require(BackupJob from, BackupJob to) {
        if (!from.step().next().contains(to.step())) {
            throw illegal(from, to.step(), "there is no such move");
        }
        if (!from.header().equals(to.header())) {
            throw illegal(
                    from,
                    to.step(),
                    "the next state is of another job, " + to.header().backup());
        }
        if (from instanceof Begun before && to instanceof Begun after) {
            requireOnwards(before, after);
        }
    }

    private static void requireOnwards(Begun before, Begun after) {
        BackupRun old = before.run();
        BackupRun now = after.run();
        BackupStep to = after.step();
        refuse(
                now.attempt() < old.attempt() || now.fence() < old.fence(),
                before,
                to,
                "attempt and fencing token fall");
        refuse(!now.startedAt().equals(old.startedAt()), before, to, "the start changes");
        refuse(!now.intent().names().containsAll(old.intent().names()), before, to, "names of the intent are lost");
        boolean again = now.attempt() > old.attempt();
        boolean begins = to == BackupStep.SNAPSHOTTING || to == BackupStep.CAPTURING;
        refuse(again && !begins, before, to, "a new attempt begins with its images");
        refuse(
                !again && !old.volumes().names().equals(now.volumes().names()),
                before,
                to,
                "its snapshots are others than planned");
        refuse(
                !again
                        && old.profile() != null
                        && now.profile() != null
                        && !now.profile().equals(old.profile()),
                before,
                to,
                "what the database was before it began changes");
        refuse(
                !again && begins && before.step() == BackupStep.EXPORTING,
                before,
                to,
                "images are asked for again only under a new attempt");
        refuse(before instanceof Running && before.equals(after), before, to, "nothing in it has moved");
        requireSameCommit(before, after);
    }

    /** What is decided stays decided: two workers must not put two manifests for one backup. */
    private static void requireSameCommit(Begun before, Begun after) {
        boolean same = contents(before).isEmpty() || contents(before).equals(contents(after));
        refuse(!same, before, after.step(), "the contents differ from those decided");
        if (before instanceof Committing old && after instanceof Committing now) {
            refuse(
                    !old.manifest().equals(now.manifest()),
                    before,
                    after.step(),
                    "the manifest differs from that decided");
        }
    }

    private static Optional<Contents> contents(BackupJob job) {
        if (job instanceof Committing committing) {
            return Optional.of(committing.contents());
        }
        if (job instanceof Completing completing) {
            return Optional.of(completing.contents());
        }
        if (job instanceof Expiring expiring) {
            return Optional.of(expiring.backup().contents());
        }
        return job instanceof Completed completed ? Optional.of(completed.contents()) : Optional.empty();
    }

    private static void refuse(boolean wrong, BackupJob from, BackupStep to, String fact) {
        if (wrong) {
            throw illegal(from, to, fact);
        }
    }

    private static IllegalMoveException illegal(BackupJob job, BackupStep to, String fact) {
        return new IllegalMoveException("backup " + job.header().backup(), job.step(), to, fact);
    }
}
