package io.parix.backup.testkit.contract;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The suites: where their requirements are written down, what tests them, and what is wrong on purpose. */
enum Suite {
    PROVIDER("provider-spi.md", BackupProviderContract.class, MutatedProvider.class),
    STORE("provider-spi.md", ObjectStoreContract.class, MutatedStore.class),
    VOLUMES("provider-spi.md", VolumeSnapshotsContract.class, MutatedVolumes.class),
    CATALOG("catalog-spi.md", CatalogContract.class, MutatedCatalog.class),
    DISPATCHER("catalog-spi.md", DispatchContract.class, MutatedDispatcher.class),
    HOST("host-ports.md", RestoreHostContract.class, MutatedHost.class),
    IMAGES("host-ports.md", ReplicaImagesContract.class, MutatedImages.class),
    KEYS("host-ports.md", KeyPortContract.class, MutatedKeys.class);

    private final String page;
    private final Class<?> contract;
    private final Class<?> mutated;

    Suite(String page, Class<?> contract, Class<?> mutated) {
        this.page = page;
        this.contract = contract;
        this.mutated = mutated;
    }

    /**
     * One test of a suite.
     *
     * @param name what it is called in a report: the requirement's number, and what is tested of it
     * @param method where it stands, {@code Class#method}
     */
    record Case(String name, String method) {
        String id() {
            return Requirement.idOf(name);
        }
    }

    /** The page of {@code docs} that has the requirements. */
    String page() {
        return page;
    }

    /** What an author implements. */
    Class<?> contract() {
        return contract;
    }

    /** The suite on a mutant, to be launched. */
    Class<?> mutated() {
        return mutated;
    }

    /** The names of all mutants, each of which begins with the number of the requirement that it breaks. */
    Set<String> mutants() {
        return new TreeSet<>(
                switch (this) {
                    case PROVIDER -> ProviderMutants.ALL.keySet();
                    case STORE -> StoreMutants.all().keySet();
                    case VOLUMES -> VolumeMutants.ALL.keySet();
                    case CATALOG -> CatalogMutants.all().keySet();
                    case DISPATCHER -> DispatchMutants.all().keySet();
                    case HOST -> HostMutants.all().keySet();
                    case IMAGES -> ImageMutants.all().keySet();
                    case KEYS -> KeyMutants.all().keySet();
                });
    }

    /** What is right and passes: what each is called, with the numbers that do not apply to it, for what it does not claim. */
    Map<String, Set<String>> rights() {
        return this == VOLUMES
                ? Map.of(
                        "",
                        Set.of("VOL-13"),
                        MutatedVolumes.MODEST,
                        Set.of("VOL-06", "VOL-07", "VOL-11", "VOL-12", "VOL-16", "VOL-18"))
                : Map.of("", Set.of());
    }

    /** The tests as they are declared, in order of number and place. */
    List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Method method : contract.getMethods()) {
            if (method.isAnnotationPresent(Test.class)) {
                DisplayName name = method.getAnnotation(DisplayName.class);
                cases.add(new Case(
                        name == null ? method.getName() : name.value(),
                        method.getDeclaringClass().getSimpleName() + "#" + method.getName()));
            }
        }
        cases.sort(Comparator.comparing(Case::id).thenComparing(Case::method));
        return cases;
    }

    /** The numbers that its tests have. */
    Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        cases().forEach(each -> ids.add(each.id()));
        return ids;
    }

    /** Whether an interface's tests are among its own. */
    boolean joins(Class<?> tests) {
        return tests.isAssignableFrom(contract);
    }
}
