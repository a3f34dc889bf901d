package io.parix.backup.provider.gcp;

import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How snapshots, or disks that were made of them, are told. A resource has the engine's name as its own where Compute Engine takes it,
 * else a digest of it, and the name itself in a label of its kind. Ours is what has both: a label that somebody copied makes nothing ours.
 */
enum ComputeNames {
    /** Names of snapshots. */
    SNAPSHOT("parix-snapshot"),
    /** Names of disks that were made of snapshots. */
    DISK("parix-volume");

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,63}");
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0,62}");

    /** What Compute Engine takes (RFC 1035). */
    private static final Pattern TAKEN = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    /** What a folded name begins with; a name that begins so is folded itself, so that none can be mistaken for another one's. */
    private static final String FOLDED = "parixf-";

    private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";
    private static final int BITS = 5;

    private final String key;

    ComputeNames(String key) {
        this.key = key;
    }

    /** Refuses what is no name. */
    static void requireName(String name, GcpCall call) {
        if (!NAME.matcher(name).matches()) {
            throw refused(call, Printable.quote(name) + " is no name of 1 to 63 characters of a-z, 0-9 and '-'");
        }
    }

    /** Refuses what are no labels. */
    static void requireLabels(Map<String, String> labels, GcpCall call) {
        labels.forEach((label, value) -> {
            if (!isLabel(label, value) || isName(label)) {
                throw refused(call, Printable.quote(label + "=" + value) + " is no label");
            }
        });
    }

    private static ProviderException refused(GcpCall call, String fact) {
        return new ProviderException(ErrorKind.INVALID_REQUEST, "Failed " + call.doing() + ": " + fact + ".");
    }

    private static boolean isLabel(String label, String value) {
        return LABEL.matcher(label).matches() && NAME.matcher(value).matches();
    }

    private static boolean isName(String label) {
        return label.equals(SNAPSHOT.key) || label.equals(DISK.key);
    }

    /** {@return what a resource of this name is called at Compute Engine} */
    static String resource(String name) {
        return TAKEN.matcher(name).matches() && !name.startsWith(FOLDED) ? name : FOLDED + digest(name);
    }

    /** All 256 bits, in 52 digits. */
    private static String digest(String name) {
        byte[] bytes = sha256(name);
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit += BITS) {
            int value = 0;
            for (int i = bit; i < bit + BITS; i++) {
                int at = i / Byte.SIZE;
                value = value << 1 | (at < bytes.length ? bytes[at] >> (Byte.SIZE - 1 - i % Byte.SIZE) & 1 : 0);
            }
            text.append(DIGITS.charAt(value));
        }
        return text.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /** {@return the labels of one to be made} */
    Map<String, String> labels(String name, Map<String, String> labels) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(key, name);
        return all;
    }

    /**
     * The name of a resource.
     *
     * @param resource what it is called at Compute Engine
     * @param labels its labels
     * @return its name; empty where it is none of ours
     */
    String name(String resource, Map<String, String> labels) {
        String name = labels.getOrDefault(key, "");
        return NAME.matcher(name).matches() && resource(name).equals(resource) ? name : "";
    }

    /** {@return the filter of a listing of those with a name} */
    String named(String name) {
        return "labels." + key + " = \"" + name + "\"";
    }

    /** {@return the filter of a listing of those with labels} */
    String labelled(Map<String, String> labels) {
        String all = new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> " AND (labels." + label.getKey() + " = \"" + label.getValue() + "\")")
                        .collect(Collectors.joining());
        return "(labels." + key + ":*)" + all;
    }

    /** {@return what can be a label among those of a resource} */
    static Map<String, String> ofEngine(Map<String, String> labels) {
        Map<String, String> left = new HashMap<>(labels);
        left.entrySet().removeIf(label -> isName(label.getKey()) || !isLabel(label.getKey(), label.getValue()));
        return left;
    }
}
