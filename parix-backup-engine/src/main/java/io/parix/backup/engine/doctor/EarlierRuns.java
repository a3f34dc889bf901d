package io.parix.backup.engine.doctor;

import io.parix.backup.BackupException;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes what examinations left whose process died. Such an object is older than a day by two clocks: the catalog's, from which its name has the
 * instant of the examination, and the place's, by which it is compared with one that was written just now. No examination takes so long. For one
 * thread, once.
 */
final class EarlierRuns {
    private static final Duration AGE = Duration.ofDays(1);

    private final Ground ground;
    private final Instant now;
    private final List<ObjectKey> removed = new ArrayList<>();
    private final List<Leftover> left = new ArrayList<>();

    EarlierRuns(Ground ground, Instant now) {
        this.ground = ground;
        this.now = now;
    }

    Look look() {
        return new Look(Requirement.EARLIER, this::remove);
    }

    List<ObjectKey> removed() {
        return removed;
    }

    List<Leftover> left() {
        return left;
    }

    private Verdict remove() {
        Instant placeNow = ground.stat(ground.sample().key())
                .map(StoredObject::createdAt)
                .orElse(ground.sample().answer().createdAt());
        List<StoredObject> others = ground.list(ground.keys().folder(), null).stream()
                .filter(each -> ground.keys().begun(each.key()).isPresent())
                .filter(each -> !ground.keys().isMine(each.key()))
                .toList();
        List<ObjectKey> old = others.stream()
                .filter(each -> isOld(each, placeNow))
                .map(StoredObject::key)
                .distinct()
                .toList();
        Remover remover = new Remover(ground.store(), ground::call);
        left.addAll(remover.remove(old));
        Set<ObjectKey> stuck = left.stream().map(Leftover::key).collect(Collectors.toSet());
        old.stream().filter(key -> !stuck.contains(key)).forEach(removed::add);
        BackupException untold = remover.untoldOfAll(left);
        if (untold != null) {
            throw untold;
        }
        return verdict(others.size() - old.size());
    }

    private boolean isOld(StoredObject object, Instant placeNow) {
        Instant begun = ground.keys().begun(object.key()).orElse(now);
        return begun.isBefore(now.minus(AGE)) && object.createdAt().isBefore(placeNow.minus(AGE));
    }

    private Verdict verdict(int young) {
        String others = young == 0 ? "" : "; " + young + " objects of examinations of the last day are left alone";
        List<Leftover> stuck =
                left.stream().filter(each -> each.lockedUntil().isEmpty()).toList();
        if (!stuck.isEmpty()) {
            return new Verdict.Broken(stuck.size() + " objects could not be removed, the first "
                    + stuck.get(0).key() + ": " + stuck.get(0).reason() + others);
        }
        String locked = left.isEmpty() ? "" : "; " + left.size() + " that are still locked are left";
        return new Verdict.Held(
                removed.isEmpty()
                        ? "there was nothing to be removed" + locked + others
                        : removed.size() + " objects were removed, the first " + removed.get(0) + locked + others);
    }
}
