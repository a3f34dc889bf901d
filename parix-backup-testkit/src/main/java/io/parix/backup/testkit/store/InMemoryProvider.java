package io.parix.backup.testkit.store;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * A provider whose places are {@link InMemoryObjectStore}s that live as long as it does. Handed in, not discovered, so that
 * two tests never share one. Its one setting is {@code place}, a name.
 */
public final class InMemoryProvider implements BackupProvider {
    /** Its id unless another is given. */
    public static final String ID = "memory";

    private static final String PLACE = "place";

    private final String id;
    private final InstantSource clock;
    private final Map<String, InMemoryObjectStore> places = new ConcurrentHashMap<>();
    private final Map<String, InMemoryVolumeSnapshots> volumes = new ConcurrentHashMap<>();

    /**
     * A provider with the id {@link #ID}.
     *
     * @param clock what its places tell the time by
     */
    public InMemoryProvider(InstantSource clock) {
        this(ID, clock);
    }

    /**
     * A provider that goes by another name, for example {@code gcp}.
     *
     * @param id its id
     * @param clock what its places tell the time by
     */
    public InMemoryProvider(String id, InstantSource clock) {
        this.id = id;
        this.clock = clock;
    }

    /**
     * The location of a place.
     *
     * @param place the name of the place
     * @param prefix what every key begins with
     * @return a location that {@link #open} accepts
     */
    public StorageLocation location(String place, KeyPrefix prefix) {
        return new StorageLocation(id, Map.of(PLACE, place), prefix);
    }

    /**
     * The store behind a place, to look at and damage.
     *
     * @param place the name of the place
     * @return its store, made empty where there was none
     */
    public InMemoryObjectStore place(String place) {
        return places.computeIfAbsent(place, p -> new InMemoryObjectStore(clock));
    }

    /**
     * The snapshots of volumes of a place, which it offers from now on to every session that is opened.
     *
     * @param place the name of the place
     * @return its snapshots, to look at and limit
     */
    public InMemoryVolumeSnapshots volumes(String place) {
        return volumes.computeIfAbsent(place, p -> new InMemoryVolumeSnapshots(clock));
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public List<ConfigurationMistake> check(StorageLocation location) {
        List<ConfigurationMistake> mistakes = new ArrayList<>();
        if (location.settings().getOrDefault(PLACE, "").isBlank()) {
            mistakes.add(new ConfigurationMistake(PLACE, "is missing; give the place a name"));
        }
        location.settings().keySet().stream()
                .filter(key -> !key.equals(PLACE))
                .sorted()
                .forEach(key -> mistakes.add(new ConfigurationMistake(key, "is not a setting of this provider")));
        return List.copyOf(mistakes);
    }

    @Override
    public ProviderSession open(StorageLocation location) {
        List<ConfigurationMistake> mistakes = check(location);
        String place = location.settings().get(PLACE);
        if (place == null || !mistakes.isEmpty()) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST,
                    "Cannot open a place of provider " + id + ": "
                            + mistakes.stream().map(Object::toString).collect(Collectors.joining("; ")) + ".");
        }
        return new InMemorySession(place(place), volumes.get(place));
    }
}
