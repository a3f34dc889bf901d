package io.parix.backup.engine.doctor;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Looks at deletion. Where the place keeps what is written, or deletes nothing, no more is written for it. */
final class DeleteLooks {
    private final Ground ground;
    private final RunKeys keys;

    private final Crowd crowd;

    DeleteLooks(Ground ground, Crowd crowd) {
        this.ground = ground;
        this.keys = ground.keys();
        this.crowd = crowd;
    }

    List<Look> looks() {
        return List.of(
                new Look(Requirement.DELETED, () -> unlocked(this::deleted)),
                new Look(Requirement.NEIGHBOURS, () -> unlocked(this::neighbours)),
                new Look(Requirement.AGAIN, () -> unlocked(this::again)));
    }

    /** What takes long. */
    Look longLook() {
        return new Look(Requirement.THOUSAND, this::thousand);
    }

    private Verdict unlocked(Supplier<Verdict> look) {
        return ground.trial() instanceof DeleteOutcome.Locked locked
                ? new Verdict.Spared("what is written here " + locked.words())
                : look.get();
    }

    private Verdict deleted() {
        ObjectKey there = ground.write(keys.key("doomed-")).key();
        ObjectKey absent = keys.key("absent-");
        Map<ObjectKey, DeleteOutcome> outcomes = ground.delete(List.of(absent, there, there));
        Wrongs wrongs = new Wrongs();
        wrongs.hold(
                outcomes.keySet().equals(Set.of(there, absent)), outcomes.size() + " outcomes are told for two keys");
        outcome(wrongs, outcomes, there, DeleteOutcome.Deleted.class, "an object that was there");
        outcome(wrongs, outcomes, absent, DeleteOutcome.Absent.class, "a key that was not there");
        wrongs.hold(ground.stat(there).isEmpty(), "an object that was deleted is described");
        wrongs.refused(
                ErrorKind.NOT_FOUND, "the reading of an object that was deleted", () -> ground.read(there, null, 0));
        wrongs.hold(ground.delete(there) instanceof DeleteOutcome.Absent, "deleting it again does not find it absent");
        return wrongs.or("an object was deleted, and a key that was not there told as absent");
    }

    private static void outcome(
            Wrongs wrongs,
            Map<ObjectKey, DeleteOutcome> outcomes,
            ObjectKey key,
            Class<? extends DeleteOutcome> right,
            String what) {
        DeleteOutcome outcome = outcomes.get(key);
        if (outcome instanceof DeleteOutcome.Failed failed) {
            throw new ProviderException(failed.kind(), failed.message());
        }
        wrongs.hold(
                right.isInstance(outcome),
                what + " is told as "
                        + (outcome == null ? "nothing" : outcome.getClass().getSimpleName()));
    }

    private Verdict neighbours() {
        ObjectKey named = ground.write(keys.key("near-")).key();
        ObjectKey longer = ground.write(keys.key("near-", "0")).key();
        ObjectKey below = keys.key("near-", "/below");
        boolean beside = written(below);
        ground.delete(named);
        Wrongs wrongs = new Wrongs();
        wrongs.hold(ground.stat(longer).isPresent(), "what begins alike was deleted, too");
        wrongs.hold(!beside || ground.stat(below).isPresent(), "what lies below was deleted, too");
        return wrongs.or("what begins alike" + (beside ? " and what lies below" : "") + " is still there");
    }

    /** A place that keeps no key below an object has nothing there to lose. */
    private boolean written(ObjectKey below) {
        try {
            ground.put(below, ObjectContent.of(ground.small("below")));
            return true;
        } catch (ProviderException e) {
            return false;
        }
    }

    private Verdict again() {
        ObjectKey key = ground.write(keys.key("again-")).key();
        ground.delete(key);
        byte[] second = ground.small("written again");
        Wrongs wrongs = new Wrongs();
        wrongs.answered("the second writing of a deleted key", () -> {
            ground.put(key, ObjectContent.of(second));
            wrongs.hold(
                    Arrays.equals(ground.read(key, null, second.length), second), "not what was written last is read");
        });
        return wrongs.or("a deleted key was written again and read");
    }

    private Verdict thousand() {
        Optional<String> stays = ground.stays();
        if (stays.isPresent()) {
            return new Verdict.Spared("what is written here " + stays.get());
        }
        List<ObjectKey> all = crowd.members();
        ObjectKey last = all.get(all.size() - 1);
        List<ObjectKey> doomed = all.subList(0, ObjectStore.MAX_DELETE);
        Wrongs wrongs = new Wrongs();
        wrongs.refused(
                ErrorKind.INVALID_REQUEST, "the deletion of " + all.size() + " at once", () -> ground.delete(all));
        wrongs.hold(ground.stat(last).isPresent(), "the last of " + all.size() + " is gone");
        wrongs.hold(wrongs.any() || ground.stat(all.get(0)).isPresent(), "what was refused was deleted");
        if (wrongs.any()) {
            return wrongs.or("");
        }
        wrongs.answered("the deletion of " + doomed.size() + " at once", () -> {
            Map<ObjectKey, DeleteOutcome> outcomes = ground.delete(doomed);
            doomed.forEach(key -> outcome(wrongs, outcomes, key, DeleteOutcome.Deleted.class, key.value()));
        });
        if (!wrongs.any()) {
            List<ObjectKey> shown = ground.mine(keys.crowd(), keys.beforeMembers());
            wrongs.hold(
                    shown.equals(List.of(last)),
                    shown.size() + " of " + all.size() + " are listed then, and not the one that was left");
        }
        return wrongs.or(doomed.size() + " were deleted at once, and " + all.size() + " refused");
    }
}
