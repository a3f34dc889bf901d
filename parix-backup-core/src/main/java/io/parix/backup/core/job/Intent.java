package io.parix.backup.core.job;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names, or prefixes of names, of everything that a job may create, recorded before the first provider call (spec
 * B6). What it names is not touched by clean-up while the job runs, and is swept when it fails.
 *
 * @param names at least one, at most {@value #MOST}, each 1 to 1024 printable characters, none twice
 */
public record Intent(List<String> names) {
    /** How many names one job may hold, all its attempts together. */
    public static final int MOST = 3000;

    /** What the name of an attempt's images begins with. */
    public static final String IMAGES = "images/";

    private static final String SNAPSHOT = "snapshots/";
    private static final String VOLUME = "volumes/";

    /** Copies the list; refuses empty, repeated and unprintable names. */
    public Intent {
        names = List.copyOf(names);
        Require.that(
                !names.isEmpty() && names.size() <= MOST, "intent", names.size() + " names", "it has 1 to " + MOST);
        names.forEach(name -> Require.text("name in an intent", name, 1024));
        Require.that(Set.copyOf(names).size() == names.size(), "intent", names, "a name stands in it twice");
    }

    /**
     * What an earlier attempt and a later one may create.
     *
     * @param later the later attempt's intent
     * @return the names of both, each once: what an abandoned attempt created must still be found
     */
    public Intent and(Intent later) {
        Set<String> all = new LinkedHashSet<>(names);
        all.addAll(later.names);
        return new Intent(List.copyOf(all));
    }

    /**
     * The same, and snapshots of volumes.
     *
     * @param snapshots their names at the provider
     * @return all that may be created
     */
    public Intent andSnapshots(List<String> snapshots) {
        return and(SNAPSHOT, snapshots);
    }

    /**
     * The same, and volumes that are made of snapshots.
     *
     * @param volumes their names at the provider
     * @return all that may be created
     */
    public Intent andVolumes(List<String> volumes) {
        return and(VOLUME, volumes);
    }

    private Intent and(String kind, List<String> more) {
        List<String> all = new ArrayList<>(names);
        more.forEach(name -> all.add(kind + name));
        return new Intent(all);
    }

    /** {@return whether images are named: each attempt takes some, and of a backup that was found in storage none are known} */
    public boolean namesImages() {
        return names.stream().anyMatch(name -> name.startsWith(IMAGES));
    }

    /** {@return the names at the provider of all snapshots that may have been asked for, in any attempt} */
    public List<String> snapshots() {
        return those(SNAPSHOT);
    }

    /** {@return the names at the provider of all volumes that may have been made of snapshots, in any attempt} */
    public List<String> volumes() {
        return those(VOLUME);
    }

    private List<String> those(String kind) {
        return names.stream()
                .filter(name -> name.startsWith(kind))
                .map(name -> name.substring(kind.length()))
                .toList();
    }
}
