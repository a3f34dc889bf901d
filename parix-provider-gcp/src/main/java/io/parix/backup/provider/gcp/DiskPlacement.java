package io.parix.backup.provider.gcp;

import com.google.cloud.compute.v1.CustomerEncryptionKey;
import com.google.cloud.compute.v1.Disk;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a disk is made, in the words of {@code docs/providers/gcp-compute.md}.
 *
 * @param place {@code zones/Z}, or {@code regions/R} for one in two zones
 * @param replicaZones the two zones of the latter
 * @param type of disk, or null for Compute Engine's choice
 * @param size in GB, or null for that of the snapshot
 * @param iops or null for those of the type
 * @param throughput in MB a second, or null for that of the type
 * @param kmsKey with what it is encrypted, or null for Google's own key
 */
record DiskPlacement(
        String place,
        List<String> replicaZones,
        @Nullable String type,
        @Nullable Long size,
        @Nullable Long iops,
        @Nullable Long throughput,
        @Nullable String kmsKey) {
    private static final Set<String> WORDS =
            Set.of("zone", "region", "replica-zones", "type", "size-gb", "iops", "throughput", "kms-key");

    private static final String NAME = "[a-z][a-z0-9-]{0,62}";

    /** Reads words, all of which must be known. */
    static DiskPlacement of(Map<String, String> words, GcpCall call) {
        Set<String> unknown = new TreeSet<>(words.keySet());
        unknown.removeAll(WORDS);
        if (!unknown.isEmpty()) {
            throw wrong(call, unknown + " are no words for where a volume is made; " + new TreeSet<>(WORDS) + " are");
        }
        if (words.containsKey("zone") == words.containsKey("region")) {
            throw wrong(call, "one of zone and region must be given, and not both");
        }
        if (words.containsKey("region") != words.containsKey("replica-zones")) {
            throw wrong(call, "replica-zones are those of a region, and are given with it");
        }
        String zone = named("zone", words, call);
        String region = named("region", words, call);
        String type = named("type", words, call);
        List<String> zones = words.containsKey("replica-zones")
                ? Arrays.asList(words.get("replica-zones").split(",", -1))
                : List.of();
        if (!zones.isEmpty() && (zones.size() != 2 || !zones.stream().allMatch(each -> each.matches(NAME)))) {
            throw wrong(call, "replica-zones are not two zones with a comma between");
        }
        return new DiskPlacement(
                zone == null ? "regions/" + region : "zones/" + zone,
                List.copyOf(zones),
                type,
                number("size-gb", words, call),
                number("iops", words, call),
                number("throughput", words, call),
                words.get("kms-key"));
    }

    private static @Nullable String named(String word, Map<String, String> words, GcpCall call) {
        String text = words.get(word);
        if (text != null && !text.matches(NAME)) {
            throw wrong(call, word + " is no name of one");
        }
        return text;
    }

    private static @Nullable Long number(String word, Map<String, String> words, GcpCall call) {
        String text = words.get(word);
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw wrong(call, word + " is no number");
        }
        return Long.valueOf(text);
    }

    private static ProviderException wrong(GcpCall call, String fact) {
        return new ProviderException(ErrorKind.INVALID_REQUEST, "Failed " + call.doing() + ": " + fact + ".");
    }

    /** Says all of it in the description of a disk to be made. */
    Disk.Builder in(Disk.Builder disk, String project) {
        String base = "projects/" + project + "/";
        replicaZones.forEach(zone -> disk.addReplicaZones(base + "zones/" + zone));
        if (type != null) {
            disk.setType(base + place + "/diskTypes/" + type);
        }
        if (size != null) {
            disk.setSizeGb(size);
        }
        if (iops != null) {
            disk.setProvisionedIops(iops);
        }
        if (throughput != null) {
            disk.setProvisionedThroughput(throughput);
        }
        if (kmsKey != null) {
            disk.setDiskEncryptionKey(CustomerEncryptionKey.newBuilder().setKmsKeyName(kmsKey));
        }
        return disk;
    }
}
