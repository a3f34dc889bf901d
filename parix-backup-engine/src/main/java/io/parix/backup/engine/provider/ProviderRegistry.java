package io.parix.backup.engine.provider;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Printable;
import io.parix.backup.spi.BackupProvider;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The providers by id: those handed in and those that the class loader offers. Immutable; connects to nothing. */
public final class ProviderRegistry {
    private final Map<String, BackupProvider> providers;
    private final String searched;

    private ProviderRegistry(Map<String, BackupProvider> providers, String searched) {
        this.providers = Map.copyOf(providers);
        this.searched = searched;
    }

    /**
     * Finds the providers.
     *
     * @param handedIn providers that the host made itself
     * @param loader where {@link ServiceLoader} looks
     * @return both kinds together
     * @throws FailedException with {@link ErrorCode#DUPLICATE_PROVIDER}, naming both classes, or
     *     {@link ErrorCode#BROKEN_PROVIDER}
     */
    public static ProviderRegistry find(Collection<BackupProvider> handedIn, ClassLoader loader) {
        Map<String, BackupProvider> found = new TreeMap<>();
        handedIn.forEach(provider -> add(found, provider));
        Iterator<BackupProvider> offered =
                ServiceLoader.load(BackupProvider.class, loader).iterator();
        try {
            while (offered.hasNext()) {
                BackupProvider provider = offered.next();
                boolean known = handedIn.stream().anyMatch(p -> p.getClass() == provider.getClass());
                if (!known) {
                    add(found, provider);
                }
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new FailedException(
                    ErrorCode.BROKEN_PROVIDER,
                    "Cannot load a storage provider through " + loader + ": " + e
                            + ". Mend its META-INF/services entry or take its jar off the class path.",
                    e);
        }
        return new ProviderRegistry(found, String.valueOf(loader));
    }

    private static void add(Map<String, BackupProvider> found, BackupProvider provider) {
        if (provider.spiVersion() > BackupProvider.SPI_VERSION) {
            throw new FailedException(
                    ErrorCode.BROKEN_PROVIDER,
                    "Cannot use provider " + Printable.quote(provider.id()) + " ("
                            + provider.getClass().getName() + "): it needs SPI version " + provider.spiVersion()
                            + ", this engine has " + BackupProvider.SPI_VERSION + ". Upgrade the engine.");
        }
        BackupProvider other = found.putIfAbsent(provider.id(), provider);
        if (other != null) {
            throw new FailedException(
                    ErrorCode.DUPLICATE_PROVIDER,
                    "Cannot start with two providers of id " + Printable.quote(provider.id()) + ": "
                            + other.getClass().getName() + " and "
                            + provider.getClass().getName() + ". Take one off the class path.");
        }
    }

    /** {@return the ids found} */
    public Set<String> ids() {
        return providers.keySet();
    }

    /**
     * Gives the provider of an id.
     *
     * @param id the id that a location names
     * @return the provider
     * @throws FailedException with {@link ErrorCode#UNKNOWN_PROVIDER}, saying what was found and where it was looked for
     */
    public BackupProvider provider(String id) {
        BackupProvider provider = providers.get(id);
        if (provider == null) {
            throw new FailedException(
                    ErrorCode.UNKNOWN_PROVIDER,
                    "Cannot find a storage provider of id " + Printable.quote(id) + ": found "
                            + List.copyOf(new TreeSet<>(ids())) + " through " + searched
                            + ". Put its jar on the class path or hand it in.");
        }
        return provider;
    }
}
