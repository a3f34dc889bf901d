package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.CatalogSamples.claimedAs;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.CatalogConflictException;
import io.parix.backup.spi.catalog.Claim;
import io.parix.backup.spi.catalog.JobRecord;
import io.parix.backup.spi.catalog.JobWrite;
import io.parix.backup.spi.catalog.StepProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;

/** Catalogs that are wrong about who works on a job. */
final class LeaseMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private LeaseMutants() {}

    /** How a claim goes wrong. */
    interface Claiming {
        JobRecord claim(Catalog right, JobRecord seen, String worker);
    }

    /** How a heartbeat goes wrong. */
    interface Beat {
        void beat(Catalog right, JobRecord held, StepProgress progress);
    }

    private static void claim(String name, Claiming wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord claim(JobRecord seen, String worker, Duration lease) {
                return wrong.claim(right, seen, worker);
            }
        });
    }

    private static void heartbeat(String name, Beat wrong) {
        MUTANTS.add(name, catalog -> new WrongCatalog(catalog) {
            @Override
            public void heartbeat(JobRecord held, Duration lease, StepProgress progress) {
                wrong.beat(right, held, progress);
            }
        });
    }

    private static JobRecord claimed(Catalog right, JobRecord seen, String worker) {
        return right.claim(seen, worker, CatalogSamples.LEASE);
    }

    private static JobRecord withFence(JobRecord row, long fence) {
        Claim claim = row.claimed().orElseThrow();
        return claimedAs(row, new Claim(claim.worker(), fence, claim.until()));
    }

    static {
        MUTANTS.add("CAT-10 leases are judged by the clock of the process", catalog -> new WrongCatalog(catalog) {
            private final Instant local = right.now();

            @Override
            public JobRecord claim(JobRecord seen, String worker, Duration lease) {
                JobRecord there = right.find(seen.id()).orElseThrow();
                if (there.claimed()
                        .filter(claim -> claim.until().isAfter(local))
                        .isPresent()) {
                    throw new CatalogConflictException(seen.id(), seen.version(), there);
                }
                return right.claim(seen, worker, lease);
            }
        });
        claim("CAT-10 a live lease is taken", (right, seen, worker) -> {
            seen.claimed().ifPresent(claim -> right.heartbeat(seen, Duration.ZERO, seen.progress()));
            return claimed(right, seen, worker);
        });
        MUTANTS.add("CAT-10 a claim lasts for two leases", catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord claim(JobRecord seen, String worker, Duration lease) {
                return right.claim(seen, worker, lease.multipliedBy(2));
            }
        });
        claim("CAT-10 the version is not looked at", (right, seen, worker) -> {
            JobRecord there = right.find(seen.id()).orElseThrow();
            return claimed(right, there, worker);
        });
        claim("CAT-11 every racer is told that it won", (right, seen, worker) -> {
            try {
                return claimed(right, seen, worker);
            } catch (CatalogConflictException e) {
                return e.actual().orElseThrow();
            }
        });
        MUTANTS.add("CAT-12 tokens stay the same", catalog -> new OtherTokens(catalog, issued -> 1L << 60));
        AtomicLong tokens = new AtomicLong();
        MUTANTS.add(
                "CAT-12 tokens are counted from one",
                catalog -> new OtherTokens(catalog, issued -> tokens.incrementAndGet()));
        heartbeat("CAT-13 a heartbeat shows progress and renews nothing", (right, held, progress) -> {
            Duration left = Duration.between(
                    right.now(),
                    right.find(held.id())
                            .flatMap(JobRecord::claimed)
                            .orElseThrow()
                            .until());
            right.heartbeat(held, left, progress);
        });
        heartbeat(
                "CAT-13 a heartbeat shows no progress",
                (right, held, progress) -> right.heartbeat(held, CatalogSamples.LEASE, StepProgress.NONE));
        heartbeat("CAT-13 a heartbeat is a new version", (right, held, progress) -> {
            right.heartbeat(held, CatalogSamples.LEASE, progress);
            JobRecord there = right.find(held.id()).orElseThrow();
            right.write(JobWrite.of(there));
        });
        heartbeat("CAT-13 a late heartbeat is let pass", (right, held, progress) -> {
            JobRecord there = right.find(held.id()).orElseThrow();
            if (there.claimed().isPresent()) {
                right.heartbeat(there, CatalogSamples.LEASE, progress);
            }
        });
        MUTANTS.add("CAT-14 the token is not looked at", catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                JobRecord there = right.find(write.next().id()).orElseThrow();
                JobRecord let = claimedAs(write.next(), there.claim());
                return right.write(new JobWrite(let, write.events(), write.segments()));
            }
        });
        MUTANTS.add("CAT-15 a row that goes on is let go of", catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                return claimedAs(right.write(write), null);
            }
        });
        MUTANTS.add("CAT-15 a row that waits is kept", catalog -> new WrongCatalog(catalog) {
            @Override
            public JobRecord write(JobWrite write) {
                JobRecord written = right.write(write);
                boolean waits = !written.status().ended() && written.claim() == null;
                return waits ? right.claim(written, "wrong", CatalogSamples.LEASE) : written;
            }
        });
    }

    /** Shows other tokens than were issued; what is written under them is written under those that were. */
    private static final class OtherTokens extends WrongCatalog {
        private final LongUnaryOperator shown;
        private final Map<String, Claim> issued = new ConcurrentHashMap<>();

        OtherTokens(Catalog right, LongUnaryOperator shown) {
            super(right);
            this.shown = shown;
        }

        @Override
        public JobRecord claim(JobRecord seen, String worker, Duration lease) {
            JobRecord held = right.claim(seen, worker, lease);
            Claim claim = held.claimed().orElseThrow();
            issued.put(held.id(), claim);
            return withFence(held, shown.applyAsLong(claim.fence()));
        }

        @Override
        public JobRecord write(JobWrite write) {
            Claim claim = write.next().claim() == null
                    ? null
                    : issued.get(write.next().id());
            return right.write(new JobWrite(claimedAs(write.next(), claim), write.events(), write.segments()));
        }
    }
}
