package io.parix.backup.provider.aws;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Buckets of Amazon S3 as places for backups, and snapshots of EBS volumes beside them where {@code snapshots=ebs} asks for them, for
 * which {@code software.amazon.awssdk:ec2} must be on the class path.
 *
 * <p>A location's settings, of which {@code bucket} and {@code region} must be given, are listed in
 * {@code docs/providers/aws.md}. Credentials are never among them: they come from the SDK's default chain, or are handed in.
 * Opening a place makes no request. Immutable; safe for concurrent calls.
 */
public final class AwsProvider implements BackupProvider {
    /** Its id. */
    public static final String ID = "aws";

    private final AwsClients clients;
    private final Map<String, String> defaults;
    private final InstantSource clock;

    /** The provider as {@link java.util.ServiceLoader} makes it, with credentials from the SDK's default chain. */
    public AwsProvider() {
        this(new AwsClients(null, null), Map.of(), InstantSource.system());
    }

    private AwsProvider(AwsClients clients, Map<String, String> defaults, InstantSource clock) {
        this.clients = clients;
        this.defaults = defaults;
        this.clock = clock;
    }

    /**
     * Takes credentials from the host.
     *
     * @param credentials asked at each call; stays the host's to close
     * @return a provider
     */
    public static AwsProvider with(AwsCredentialsProvider credentials) {
        return new AwsProvider(new AwsClients(credentials, null), Map.of(), InstantSource.system());
    }

    /**
     * Uses a client of the host.
     *
     * @param client its region must be that of every location that is opened, and its endpoint that of every location which
     *     names one; its retries are not used, and the settings of connections and of path style are its own; stays the
     *     host's to close
     * @return a provider
     */
    public static AwsProvider using(S3Client client) {
        return new AwsProvider(new AwsClients(null, client), Map.of(), InstantSource.system());
    }

    /**
     * Adds settings for locations that do not have them. A location is the identity of a place, so what may change while its
     * backups live (storage class, key, tags, deadlines) is better given here.
     *
     * @param settings any but those that name a place: {@code bucket}, {@code region}, {@code endpoint}, {@code path-style},
     *     {@code expected-bucket-owner}, {@code ec2-region}, {@code ec2-endpoint}
     * @return another provider; mistakes in the settings are told by {@link #check}
     */
    public AwsProvider withDefaults(Map<String, String> settings) {
        return new AwsProvider(clients, Map.copyOf(settings), clock);
    }

    /** {@return the same by another clock} */
    AwsProvider withClock(InstantSource other) {
        return new AwsProvider(clients, defaults, other);
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
        AwsSettings settings = read(location);
        AwsConfig config = settings.config();
        return AwsSession.open(new AwsPlace(config, clients.open(config), clock));
    }

    private AwsSettings read(StorageLocation location) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(location.settings());
        return new AwsSettings(all, defaults.keySet()).servedBy(clients);
    }

    /** Names no setting: somebody may have put a secret into one. */
    @Override
    public String toString() {
        return "AwsProvider[" + clients + "]";
    }
}
