package io.parix.backup.testkit.simulation;

import io.parix.backup.BackupId;
import io.parix.backup.Verification;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.row.BackupRow;
import io.parix.backup.spi.catalog.JobKind;
import io.parix.backup.spi.catalog.JobRecord;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a backup of which every byte was read back, and found to be there, was there (spec C10). */
final class Looks implements Witness {
    private final World world;

    Looks(World world) {
        this.world = world;
    }

    @Override
    public void saw(PortCall call, @Nullable Object answer) {
        if (call.name().equals("Catalog.write") && answer instanceof JobRecord row && row.kind() == JobKind.BACKUP) {
            Optional<Verification> now = verification(row);
            Optional<Verification> before =
                    Optional.ofNullable(world.watch().row(row.id())).flatMap(Looks::verification);
            if (before.isPresent() && !now.equals(before)) {
                now.ifPresent(latest -> looked(row, latest));
            }
        }
    }

    private void looked(JobRecord row, Verification latest) {
        world.coverage()
                .meet("verification " + latest.level().code() + (latest.passed() ? " passes" : " finds damage"));
        if (!latest.passed() || !latest.level().atLeast(VerificationLevel.READ_BACK)) {
            return;
        }
        Set<String> before = world.turn().lost();
        world.watch()
                .truth()
                .kept(row.id())
                .filter(kept -> kept.needed().stream().anyMatch(before::contains))
                .ifPresent(kept -> audited(kept, latest));
    }

    /** What had been lost may have been put once more, by somebody who was late. */
    private void audited(Truth.Kept kept, Verification latest) {
        try {
            world.watch().audit().of(kept.database(), new BackupId(kept.id()), new HashSet<>());
        } catch (RuntimeException e) {
            world.watch().violated(Invariant.VERIFIED_IS_THERE, kept.id() + " passed " + latest + ": " + e);
        }
    }

    private static Optional<Verification> verification(JobRecord row) {
        return BackupRow.read(row) instanceof BackupJob.Completed backup
                ? Optional.of(backup.verification())
                : Optional.empty();
    }
}
