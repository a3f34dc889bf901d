package io.parix.backup.testkit.simulation;

import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.JobRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Who works on what, and how long that stands by the catalog's clock (spec B7). */
final class Claims {
    private final Watch watch;
    private final Map<String, Long> fences = new HashMap<>();
    private final Map<String, Instant> until = new HashMap<>();

    Claims(Watch watch) {
        this.watch = watch;
    }

    /** What was in a catalog that is lost is claimed by nobody. */
    void forget() {
        fences.clear();
        until.clear();
    }

    /** A row was claimed for a time; what it was claimed for before must have passed, unless it was let go of. */
    void claimed(JobRecord row, Duration lease) {
        Claim claim = row.claimed().orElseThrow();
        Long fence = fences.put(row.id(), claim.fence());
        require(
                fence == null || fence < claim.fence(),
                Invariant.FENCES_RISE,
                row.id() + " had " + fence + ", has " + claim.fence());
        Instant now = claim.until().minus(lease);
        Instant before = until.put(row.id(), claim.until());
        require(
                before == null || !before.isAfter(now),
                Invariant.CLAIMS_STAND,
                row.id() + " is claimed at " + now + " and was another's until " + before);
    }

    /** Who works on a row goes on, from this instant of the catalog's clock. */
    void renewed(JobRecord row, Duration lease, Instant now) {
        until.put(row.id(), now.plus(lease));
    }

    /** A row was written as somebody wanted it, and is another one now; whose work is over for a while has let go of it. */
    void wrote(JobRecord wanted, JobRecord row) {
        long newest = fences.getOrDefault(row.id(), 0L);
        boolean current = wanted.claimed().map(claim -> claim.fence() >= newest).orElse(true);
        require(current, Invariant.NEWEST_CLAIM_WRITES, row.id() + " was written under a fence before " + newest);
        if (row.claimed().isEmpty()) {
            until.remove(row.id());
        }
    }

    private void require(boolean holds, Invariant invariant, String detail) {
        if (!holds) {
            watch.violated(invariant, detail);
        }
    }
}
