package io.parix.backup.spi;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A place where backups lie: a provider, its settings, and a prefix within it.
 *
 * <p>Stored with each backup as the full identity of its place, so it must never hold a secret; credentials come to a
 * provider through its own configuration or the host's environment.
 *
 * @param provider the provider's id, lower-case letters, digits and {@code -}
 * @param settings the provider's settings, by key; no secrets
 * @param prefix what every key begins with
 */
public record StorageLocation(String provider, Map<String, String> settings, KeyPrefix prefix) {
    private static final Pattern PROVIDER = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

    /** Copies the settings; refuses what is not a provider's id. */
    public StorageLocation {
        settings = Map.copyOf(settings);
        if (!PROVIDER.matcher(provider).matches()) {
            throw InvalidRequestException.of(
                    "provider id", Printable.quote(provider), "it must have 1 to 64 of a-z, 0-9 and '-'");
        }
    }

    /** {@return one line that is equal for equal places and that {@link #parse} reads back} */
    public String identity() {
        return provider + ":" + prefix.value()
                + new TreeMap<>(settings)
                        .entrySet().stream()
                                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    /**
     * Reads an identity back.
     *
     * @param identity what {@link #identity()} wrote
     * @return the place
     * @throws InvalidRequestException when {@link #identity()} cannot have written it
     */
    public static StorageLocation parse(String identity) {
        int colon = identity.indexOf(':');
        int mark = identity.indexOf('?');
        if (colon < 0 || mark < colon) {
            throw malformed(identity);
        }
        StorageLocation read = new StorageLocation(
                identity.substring(0, colon),
                settings(identity, mark + 1),
                new KeyPrefix(identity.substring(colon + 1, mark)));
        // Nothing may be left out, or two places would pass for one.
        if (!read.identity().equals(identity)) {
            throw malformed(identity);
        }
        return read;
    }

    private static Map<String, String> settings(String identity, int from) {
        Map<String, String> settings = new TreeMap<>();
        for (String pair : identity.substring(from).split("&", -1)) {
            int equal = pair.indexOf('=');
            if (equal >= 0) {
                settings.put(decode(identity, pair.substring(0, equal)), decode(identity, pair.substring(equal + 1)));
            }
        }
        return settings;
    }

    private static InvalidRequestException malformed(String identity) {
        return InvalidRequestException.of(
                "storage location", Printable.quote(identity), "it is not of the form provider:prefix?key=value");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String identity, String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed(identity);
        }
    }

    @Override
    public String toString() {
        return provider + ":" + prefix;
    }
}
