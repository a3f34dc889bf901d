package io.parix.backup.engine.restore;

import io.parix.backup.archive.flow.Workbench;
import io.parix.backup.core.eligibility.Presence;
import io.parix.backup.core.job.BackupJob;
import io.parix.backup.engine.verify.BackupVerifier;
import io.parix.backup.engine.verify.DamageRecords;
import java.util.Optional;

/**
 * Looks at a backup that somebody wants to restore. Damage goes on record, so that clean-up keeps an older backup for it, and no page
 * offers it (spec H7, D3, J2). Safe for concurrent calls.
 *
 * @param verifier looks whether the artifacts are there
 * @param damage puts on record what is not
 */
public record LiveLook(BackupVerifier verifier, DamageRecords damage) {
    Presence at(BackupJob.Completed backup, Optional<Workbench> bench) {
        Workbench with = bench.orElseGet(() -> verifier.bench(backup));
        Presence found = verifier.presence(backup, with);
        damage.note(backup, found.report(), with.call());
        return found;
    }
}
