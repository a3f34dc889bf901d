package io.parix.backup.core.job;

import io.parix.backup.core.job.RestoreJob.Begun;

/** The rules of a restore's moves that types alone cannot hold. */
final class RestoreMoves {
    private RestoreMoves() {}

    /** Refuses a pair of states that no move connects. */
    static void require(RestoreJob from, RestoreJob to) {
        if (!from.step().next().contains(to.step())) {
            throw illegal(from, to, "there is no such move");
        }
        if (!from.header().equals(to.header())) {
            throw illegal(
                    from, to, "the next state is of another job, " + to.header().restore());
        }
        if (from instanceof Begun before && to instanceof Begun after) {
            requireOnwards(before, after);
        }
    }

    private static void requireOnwards(Begun before, Begun after) {
        RestoreRun old = before.run();
        RestoreRun now = after.run();
        if (now.fence() < old.fence()) {
            throw illegal(before, after, "the fencing token must not fall");
        }
        if (!now.startedAt().equals(old.startedAt())) {
            throw illegal(before, after, "the start must not change");
        }
        if (!now.statusBefore().equals(old.statusBefore())) {
            throw illegal(before, after, "the status to go back to must not change");
        }
        if (before.step() == after.step() && now.fence() == old.fence()) {
            throw illegal(before, after, "nothing in it has moved");
        }
    }

    private static IllegalMoveException illegal(RestoreJob from, RestoreJob to, String fact) {
        return new IllegalMoveException("restore " + from.header().restore(), from.step(), to.step(), fact);
    }
}
