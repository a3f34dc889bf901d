package io.parix.backup.provider.aws;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.CreateVolumeRequest;

/**
 * Where a volume is made, in the words of {@code docs/providers/aws-ebs.md}.
 *
 * @param zone its availability zone
 * @param type of EBS, or null for EC2's choice
 * @param iops or null for those of the type
 * @param throughput in MiB a second, or null for that of the type
 * @param encrypted whether it is, also where its snapshot is not
 * @param kmsKey with what, or null for the account's own key
 */
record VolumePlacement(
        String zone,
        @Nullable String type,
        @Nullable Integer iops,
        @Nullable Integer throughput,
        boolean encrypted,
        @Nullable String kmsKey) {
    private static final Set<String> WORDS = Set.of("zone", "type", "iops", "throughput", "encrypted", "kms-key");

    /** Reads words, all of which must be known. */
    static VolumePlacement of(Map<String, String> words, AwsCall call) {
        Set<String> unknown = new TreeSet<>(words.keySet());
        unknown.removeAll(WORDS);
        if (!unknown.isEmpty()) {
            throw wrong(call, unknown + " are no words for where a volume is made; " + new TreeSet<>(WORDS) + " are");
        }
        String zone = words.getOrDefault("zone", "");
        if (zone.isBlank()) {
            throw wrong(call, "zone is missing, and EBS makes no volume without one");
        }
        String encrypted = words.getOrDefault("encrypted", words.containsKey("kms-key") ? "true" : "false");
        if (!encrypted.matches("true|false") || (words.containsKey("kms-key") && encrypted.equals("false"))) {
            throw wrong(call, "encrypted is neither true nor false, or false though there is a kms-key");
        }
        return new VolumePlacement(
                zone,
                words.get("type"),
                number("iops", words, call),
                number("throughput", words, call),
                encrypted.equals("true"),
                words.get("kms-key"));
    }

    private static @Nullable Integer number(String word, Map<String, String> words, AwsCall call) {
        String text = words.get(word);
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw wrong(call, word + " is no number");
        }
        return Integer.valueOf(text);
    }

    private static ProviderException wrong(AwsCall call, String fact) {
        return new ProviderException(ErrorKind.INVALID_REQUEST, "Failed " + call.doing() + ": " + fact + ".");
    }

    CreateVolumeRequest.Builder in(CreateVolumeRequest.Builder request) {
        // A snapshot's encryption is its volume's, so only what is asked for is said.
        return request.availabilityZone(zone)
                .volumeType(type)
                .iops(iops)
                .throughput(throughput)
                .encrypted(encrypted ? Boolean.TRUE : null)
                .kmsKeyId(kmsKey);
    }
}
