package io.parix.backup.spi;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A place where backups lie: a provider, its settings, and a prefix within it.
 *
 * <p>Stored with each backup as the full identity of its place, so it must never hold a secret; credentials come to a
 * provider through its own configuration or the host's environment.
 *
 * @param provider the provider's id
 * @param settings the provider's settings, by key; no secrets
 * @param prefix what every key begins with
 */
public record StorageLocation(String provider, Map<String, String> settings, KeyPrefix prefix) {
    /** Copies the settings. */
    public StorageLocation {
        settings = Map.copyOf(settings);
    }

    /** {@return one line that is equal for equal places, settings sorted by key} */
    public String identity() {
        SortedMap<String, String> sorted = new TreeMap<>(settings);
        return provider + sorted + "/" + prefix;
    }

    @Override
    public String toString() {
        return provider + ":" + prefix;
    }
}
