package io.parix.backup.provider.gcp;

import com.google.auth.Credentials;
import com.google.cloud.storage.Storage;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Buckets of Google Cloud Storage as places for backups, and snapshots of Compute Engine's disks beside them where
 * {@code snapshots=compute} asks for them, for which {@code com.google.cloud:google-cloud-compute} must be on the class path.
 *
 * <p>A location's settings, of which {@code bucket} must be given, are listed in {@code docs/providers/gcp.md} and
 * {@code docs/providers/gcp-compute.md}. Credentials are
 * never among them: they are the application default ones of Google's library, or are handed in. Opening a place makes no
 * request and looks for no credentials. Immutable; safe for concurrent calls.
 */
public final class GcpProvider implements BackupProvider {
    /** Its id. */
    public static final String ID = "gcp";

    private final GcpClients clients;
    private final Map<String, String> defaults;
    private final InstantSource clock;

    /** The provider as {@link java.util.ServiceLoader} makes it, with the application default credentials. */
    public GcpProvider() {
        this(new GcpClients(null, null), Map.of(), InstantSource.system());
    }

    private GcpProvider(GcpClients clients, Map<String, String> defaults, InstantSource clock) {
        this.clients = clients;
        this.defaults = defaults;
        this.clock = clock;
    }

    /**
     * Takes credentials from the host.
     *
     * @param credentials asked at each request; those that want scopes are given the one for reading and writing objects, and
     *     for snapshots that of Compute Engine
     * @return a provider
     */
    public static GcpProvider with(Credentials credentials) {
        return new GcpProvider(new GcpClients(credentials, null), Map.of(), InstantSource.system());
    }

    /**
     * Uses a client of the host: its credentials, address, universe domain and headers.
     *
     * @param client one that speaks JSON, as {@code StorageOptions.http()} makes them. A location that names an endpoint must name
     *     the client's; one that names none is reached by it. Its retries and its transport are not used, which have no deadline for each call; stays the host's to close
     * @return a provider
     */
    public static GcpProvider using(Storage client) {
        return new GcpProvider(new GcpClients(null, client), Map.of(), InstantSource.system());
    }

    /**
     * Adds settings for locations that do not have them. A location is the identity of a place, so what may change while its
     * backups live (storage class, key, deadlines) is better given here.
     *
     * @param settings any but those that name a place: {@code bucket}, {@code endpoint}, {@code compute-project},
     *     {@code compute-endpoint}
     * @return another provider; mistakes in the settings are told by {@link #check}
     */
    public GcpProvider withDefaults(Map<String, String> settings) {
        return new GcpProvider(clients, Map.copyOf(settings), clock);
    }

    /** {@return the same by another clock} */
    GcpProvider withClock(InstantSource other) {
        return new GcpProvider(clients, defaults, other);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public List<ConfigurationMistake> check(StorageLocation location) {
        return read(location).mistakes();
    }

    @Override
    public ProviderSession open(StorageLocation location) {
        GcpConfig config = read(location).config();
        return new GcpSession(new GcpPlace(config, clients.open(config), clock));
    }

    private GcpSettings read(StorageLocation location) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(location.settings());
        return new GcpSettings(all, defaults.keySet()).servedBy(clients);
    }

    /** Names no setting: somebody may have put a secret into one. */
    @Override
    public String toString() {
        return "GcpProvider[" + clients + "]";
    }
}
