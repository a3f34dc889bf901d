package io.parix.backup.testkit.contract;

import io.parix.backup.BackupEvent;
import io.parix.backup.DatabaseId;
import io.parix.backup.Workflow;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.Inserted;
import io.parix.backup.spi.catalog.NewJob;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Catalogs that are wrong about who has a database. */
final class SlotMutants {
    static final CatalogMutants MUTANTS = new CatalogMutants();

    private SlotMutants() {}

    static {
        MUTANTS.add("CAT-04 two workflows are active at once", catalog -> new WrongCatalog(catalog) {
            @Override
            public Inserted insert(NewJob job) {
                DatabaseId database = job.row().database();
                right.occupant(database).ifPresent(holder -> right.release(database, holder));
                return right.insert(job);
            }
        });
        MUTANTS.add("CAT-04 the event of a refused job is kept", RefusedAreTold::new);
        MUTANTS.add("CAT-04 an active job has every database", OneSlot::new);
        MUTANTS.add("CAT-06 hosts and jobs have a slot each", TwoSlots::new);
    }

    private static final class RefusedAreTold extends WrongCatalog {
        private final List<BackupEvent> kept = new CopyOnWriteArrayList<>();

        RefusedAreTold(Catalog right) {
            super(right);
        }

        @Override
        public Inserted insert(NewJob job) {
            Inserted answer = right.insert(job);
            if (answer instanceof Inserted.Occupied) {
                job.asked().ifPresent(kept::add);
            }
            return answer;
        }

        @Override
        public List<BackupEvent> undelivered(int limit) {
            return Stream.concat(right.undelivered(limit).stream(), kept.stream())
                    .limit(limit)
                    .toList();
        }
    }

    private static final class OneSlot extends WrongCatalog {
        private final Set<DatabaseId> known = ConcurrentHashMap.newKeySet();

        OneSlot(Catalog right) {
            super(right);
        }

        @Override
        public Inserted insert(NewJob job) {
            DatabaseId database = job.row().database();
            known.add(database);
            return known.stream()
                    .filter(Predicate.not(database::equals))
                    .flatMap(other -> right.occupant(other).stream())
                    .<Inserted>map(Inserted.Occupied::new)
                    .findFirst()
                    .orElseGet(() -> right.insert(job));
        }
    }

    private static final class TwoSlots extends WrongCatalog {
        private final Map<DatabaseId, Workflow> hosts = new ConcurrentHashMap<>();

        TwoSlots(Catalog right) {
            super(right);
        }

        @Override
        public Optional<Workflow> acquire(DatabaseId database, Workflow workflow) {
            Workflow holder = hosts.putIfAbsent(database, workflow);
            return Optional.ofNullable(holder).filter(Predicate.not(workflow::equals));
        }

        @Override
        public void release(DatabaseId database, Workflow workflow) {
            hosts.remove(database, workflow);
            right.release(database, workflow);
        }

        @Override
        public Optional<Workflow> occupant(DatabaseId database) {
            return Optional.ofNullable(hosts.get(database)).or(() -> right.occupant(database));
        }
    }
}
