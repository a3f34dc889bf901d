package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.simulation.WrongPorts.catalog;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Workers that tell by clocks of their own, which are a few minutes ahead of the catalog's, that the claim of another one has lapsed. */
final class OwnClock {
    private static final Duration AHEAD = Duration.ofMinutes(5);
    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final InstantSource own;

    private OwnClock(InstantSource right) {
        this.own = () -> right.instant().plus(AHEAD);
    }

    static Ports of(Ports right) {
        return catalog(right, "claim", new OwnClock(right.clock())::claim);
    }

    private JobRecord claim(Wrong.Call call, Catalog catalog) throws Throwable {
        JobRecord seen = call.argument(JobRecord.class);
        Instant now = own.instant();
        boolean lapsed =
                seen.claimed().filter(claim -> !claim.until().isAfter(now)).isPresent();
        if (!lapsed || seen.status().ended()) {
            return call.right(JobRecord.class);
        }
        JobRecord free = catalog.write(
                JobWrite.of(seen.waiting(catalog.now().plus(A_MOMENT), "its worker is gone", seen.strikes())));
        return catalog.claim(free, call.argument(String.class), call.argument(Duration.class));
    }
}
