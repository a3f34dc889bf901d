package io.parix.backup.testkit.simulation;

import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionDecision;
import io.parix.backup.RetentionDecision.Reason;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.StoredObject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Whether a preview tells what the period would do, by when backups were really complete and what they really need (spec H9). */
final class Foresight {
    private final World world;
    private final Truth truth;

    Foresight(World world, Truth truth) {
        this.world = world;
        this.truth = truth;
    }

    /** What is wrong with a preview. */
    Optional<String> wrong(RetentionPreview preview, RetentionPeriod asked) {
        Instant settled = preview.before()
                .pendingChange()
                .map(PendingRetention::effectiveAt)
                .filter(preview.effectiveAt()::isBefore)
                .orElse(preview.effectiveAt());
        RetentionPeriod period = preview.after().inForceAt(settled).period();
        if (!period.equals(asked)) {
            return Optional.of("it is of " + period.code() + ", and " + asked.code() + " was asked for");
        }
        for (RetentionPreview.Database database : preview.databases()) {
            for (RetentionDecision each : database.removed()) {
                if (each.reason() == Reason.EXPIRED
                        && !isOver(each, period, settled).orElse(true)) {
                    return Optional.of(each + " though it is not over at " + settled + " under " + period.code());
                }
            }
            Optional<String> miscounted = miscounted(database);
            if (miscounted.isPresent()) {
                return miscounted;
            }
            for (RetentionDecision each : database.spared()) {
                if (each.reason() == Reason.WITHIN_PERIOD
                        && isOver(each, period, settled).orElse(false)) {
                    return Optional.of(each + " though it is over at " + settled + " under " + period.code());
                }
            }
        }
        return leftOut(preview, period, settled);
    }

    /** What it frees is at least what nothing else needs, and at most all that those need which go. */
    private Optional<String> miscounted(RetentionPreview.Database database) {
        List<Truth.Kept> all = truth.kept(database.database());
        Set<String> going = database.removed().stream()
                .map(decision -> decision.backup().value())
                .collect(Collectors.toSet());
        Set<String> needed = segments(all, kept -> going.contains(kept.id()));
        Set<String> others = segments(all, kept -> !going.contains(kept.id()));
        long most = bytes(needed);
        needed.removeAll(others);
        long least = bytes(needed);
        long told = database.freed().bytes();
        boolean known = world.watch().isStill(database.database())
                && all.stream().allMatch(truth::whole)
                && all.stream().map(Truth.Kept::id).collect(Collectors.toSet()).containsAll(going);
        return known && (told < least || told > most)
                ? Optional.of(database + " frees " + told + " bytes, which must be " + least + " to " + most)
                : Optional.empty();
    }

    private static Set<String> segments(List<Truth.Kept> all, Predicate<Truth.Kept> which) {
        return all.stream()
                .filter(which)
                .flatMap(kept -> kept.needed().stream())
                .filter(key ->
                        ArchiveObject.of(key).filter(ArchiveObject::isSegment).isPresent())
                .collect(Collectors.toCollection(HashSet::new));
    }

    private long bytes(Set<String> keys) {
        return keys.stream()
                .flatMap(key -> world.place().stat(new ObjectKey(key), World.CALL).stream())
                .mapToLong(StoredObject::length)
                .sum();
    }

    /** What would go by the period, and not as the setting stands, is named; unless somebody has changed something meanwhile. */
    private Optional<String> leftOut(RetentionPreview preview, RetentionPeriod period, Instant settled) {
        RetentionPeriod standing = preview.before().inForceAt(settled).period();
        Set<String> named = preview.databases().stream()
                .flatMap(database -> database.removed().stream())
                .map(decision -> decision.backup().value())
                .collect(Collectors.toSet());
        return world.databases().stream()
                .filter(database -> world.watch().isStill(database))
                .flatMap(database -> truth.kept(database).stream())
                .filter(kept -> period.isOver(kept.completedAt(), settled.minus(Past.CLOCKS_DIFFER)))
                .filter(kept -> !standing.isOver(kept.completedAt(), settled.plus(Past.CLOCKS_DIFFER)))
                .filter(kept -> !named.contains(kept.id()) && !world.watch().isSpared(kept))
                .map(kept -> preview + " leaves out " + kept.id() + ", completed at " + kept.completedAt())
                .findFirst();
    }

    private Optional<Boolean> isOver(RetentionDecision decision, RetentionPeriod period, Instant at) {
        return truth.kept(decision.backup().value()).map(kept -> period.isOver(kept.completedAt(), at));
    }
}
