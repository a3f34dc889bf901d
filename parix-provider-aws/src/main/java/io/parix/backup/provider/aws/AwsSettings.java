package io.parix.backup.provider.aws;

import io.parix.backup.provider.aws.AwsConfig.Bucket;
import io.parix.backup.provider.aws.AwsConfig.Encryption;
import io.parix.backup.provider.aws.AwsConfig.Transport;
import io.parix.backup.provider.aws.AwsConfig.Volumes;
import io.parix.backup.provider.aws.AwsConfig.Writing;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads settings into an {@link AwsConfig}, finding every mistake. No mistake tells what a setting holds. */
final class AwsSettings {
    private static final String BUCKET = "bucket";
    static final String REGION = "region";
    static final String ENDPOINT = "endpoint";
    private static final String PATH_STYLE = "path-style";
    private static final String OWNER = "expected-bucket-owner";
    private static final String STORAGE_CLASS = "storage-class";
    private static final String ENCRYPTION = "encryption";
    private static final String KMS_KEY = "kms-key";
    private static final String CONNECT = "connect-timeout";
    private static final String STALL = "stall-timeout";
    private static final String CONNECTIONS = "connections";
    private static final String SNAPSHOTS = "snapshots";
    private static final String EC2_REGION = "ec2-region";
    private static final String EC2_ENDPOINT = "ec2-endpoint";
    private static final String TAG = "tag.";

    /**
     * They name a place, so the defaults of a process must not hold them. Those of EC2 do so too: in another region every snapshot
     * looks gone, and a clean-up that sees it gone forgets it.
     */
    private static final Set<String> OF_THE_PLACE =
            Set.of(BUCKET, REGION, ENDPOINT, PATH_STYLE, OWNER, EC2_REGION, EC2_ENDPOINT);

    private static final Set<String> OTHERS =
            Set.of(STORAGE_CLASS, ENCRYPTION, KMS_KEY, CONNECT, STALL, CONNECTIONS, SNAPSHOTS);

    /** Those whose objects can be read at once: a backup must not wait for a thaw. */
    private static final Set<String> CLASSES =
            Set.of("STANDARD", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER_IR");

    /** The rules of general purpose buckets, those for names that S3 keeps for itself included. */
    private static final Pattern BUCKET_NAME = Pattern.compile(
            "(?!xn--|sthree-|amzn-s3-demo-|[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+$)(?!.*\\.\\.)(?!.*(--ol-s3|\\.mrap|--table-s3)$)"
                    + "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    /** Such as {@code eu-central-1}, {@code us-gov-west-1} and {@code eusc-de-east-1}. */
    private static final Pattern REGION_NAME = Pattern.compile("[a-z]{2,8}(-[a-z]+)+-[0-9]{1,2}");

    private static final String NO_REGION = "is not the name of a region, such as eu-central-1";
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern KEY_NAME = Pattern.compile("[A-Za-z0-9:/_-]{1,2048}");
    private static final Pattern TAG_TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final int MOST_TAGS = 10;

    private final Map<String, String> settings;
    private final List<ConfigurationMistake> mistakes = new ArrayList<>();
    private final Bucket bucket;

    /**
     * Reads settings.
     *
     * @param settings all of them
     * @param defaults the names of those that came with the provider
     */
    AwsSettings(Map<String, String> settings, Set<String> defaults) {
        this.settings = new TreeMap<>(settings);
        this.bucket = bucket();
        writing();
        transport();
        volumes();
        defaults.stream()
                .filter(OF_THE_PLACE::contains)
                .sorted()
                .forEach(key -> mistake(key, "names a place and cannot be a default; give it with the location"));
        this.settings.keySet().stream()
                .filter(key -> !OF_THE_PLACE.contains(key) && !OTHERS.contains(key) && !key.startsWith(TAG))
                .forEach(key -> mistake(key, "is not a setting of the aws provider"));
    }

    List<ConfigurationMistake> mistakes() {
        return List.copyOf(mistakes);
    }

    /** {@return the settings as values; refuses those with a mistake} */
    AwsConfig config() {
        if (!mistakes.isEmpty()) {
            String all = mistakes.stream().map(Object::toString).collect(Collectors.joining("; "));
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Cannot open an S3 place: " + all + ".");
        }
        return new AwsConfig(bucket, writing(), transport(), volumes());
    }

    /** Adds what clients that were handed in do not serve, where it is not wrong already. */
    AwsSettings servedBy(AwsClients clients) {
        Set<String> told = mistakes.stream().map(ConfigurationMistake::key).collect(Collectors.toSet());
        clients.mistakes(bucket).stream()
                .filter(each -> !told.contains(each.key()))
                .forEach(mistakes::add);
        return this;
    }

    private Bucket bucket() {
        return new Bucket(
                bucketName(),
                required(REGION, REGION_NAME, NO_REGION),
                endpoint(ENDPOINT),
                choice(PATH_STYLE, "false", Set.of("true", "false"), "is neither true nor false")
                        .equals("true"),
                matching(OWNER, ACCOUNT.asMatchPredicate(), "is not an account id of 12 digits"));
    }

    private String bucketName() {
        String name = required(BUCKET, BUCKET_NAME, "is not the name of a general purpose bucket");
        if (name.endsWith("--x-s3")) {
            mistake(BUCKET, "is a directory bucket, which lists its objects in no order; choose a general purpose one");
        }
        return name;
    }

    private @Nullable URI endpoint(String key) {
        String text = settings.get(key);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            String problem = endpointProblem(uri);
            if (problem.isEmpty()) {
                return uri;
            }
            mistake(key, problem);
        } catch (URISyntaxException e) {
            mistake(key, "is not a URL such as https://s3.example.com");
        }
        return null;
    }

    private static String endpointProblem(URI uri) {
        boolean plain = "http".equals(uri.getScheme());
        if (uri.getHost() == null || !(plain || "https".equals(uri.getScheme()))) {
            return "is not a URL such as https://s3.example.com";
        }
        boolean bare = Set.of("", "/").contains(Objects.requireNonNullElse(uri.getRawPath(), ""))
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null
                && uri.getRawUserInfo() == null;
        if (!bare) {
            return "has more than a scheme, a host and a port";
        }
        return plain && !LOOPBACK.matcher(uri.getHost()).matches()
                ? "is plain http to another machine; backups are not sent in the clear"
                : "";
    }

    private @Nullable Volumes volumes() {
        String snapshots = choice(SNAPSHOTS, "none", Set.of("none", "ebs"), "is neither none nor ebs");
        String region = matching(EC2_REGION, REGION_NAME.asMatchPredicate(), NO_REGION);
        URI endpoint = endpoint(EC2_ENDPOINT);
        if (!snapshots.equals("ebs")) {
            Stream.of(EC2_REGION, EC2_ENDPOINT)
                    .filter(settings::containsKey)
                    .forEach(key -> mistake(key, "is for snapshots=ebs only"));
            return null;
        }
        if (!Ec2OnClassPath.isThere()) {
            mistake(SNAPSHOTS, "needs software.amazon.awssdk:ec2 on the class path, which is not there");
        }
        return new Volumes(region == null ? settings.getOrDefault(REGION, "") : region, endpoint);
    }

    private Writing writing() {
        String encryption = choice(
                ENCRYPTION,
                Encryption.BUCKET.code(),
                Arrays.stream(Encryption.values()).map(Encryption::code).collect(Collectors.toSet()),
                "is none of bucket, sse-s3 and sse-kms");
        String kmsKey = matching(KMS_KEY, KEY_NAME.asMatchPredicate(), "is not a key's id, alias or ARN");
        if (settings.containsKey(KMS_KEY) && !encryption.equals(Encryption.SSE_KMS.code())) {
            mistake(KMS_KEY, "is for encryption=sse-kms only");
        }
        return new Writing(
                matching(
                        STORAGE_CLASS,
                        CLASSES::contains,
                        "is none of STANDARD, STANDARD_IA, ONEZONE_IA, INTELLIGENT_TIERING and GLACIER_IR"),
                Arrays.stream(Encryption.values())
                        .filter(each -> each.code().equals(encryption))
                        .findFirst()
                        .orElse(Encryption.BUCKET),
                kmsKey,
                tags());
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new TreeMap<>();
        for (Map.Entry<String, String> each : settings.entrySet()) {
            if (each.getKey().startsWith(TAG)) {
                String name = each.getKey().substring(TAG.length());
                tags.put(name, each.getValue());
                if (!isTag(name, each.getValue())) {
                    mistake(
                            each.getKey(),
                            "is not a tag: 1 to 128 characters, a value of at most 256, both of letters, "
                                    + "digits, spaces and _.:/=+-@, and not of aws:");
                }
            }
        }
        if (tags.size() > MOST_TAGS) {
            mistake(TAG + "*", "are more than the " + MOST_TAGS + " tags that an object may have");
        }
        return tags;
    }

    private static boolean isTag(String name, String value) {
        return !name.isEmpty()
                && name.length() <= 128
                && value.length() <= 256
                && !name.startsWith("aws:")
                && TAG_TEXT.matcher(name).matches()
                && TAG_TEXT.matcher(value).matches();
    }

    private Transport transport() {
        return new Transport(
                duration(CONNECT, Duration.ofSeconds(5), Duration.ofMillis(100), Duration.ofMinutes(1)),
                duration(STALL, Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofMinutes(10)),
                connections());
    }

    private Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        String text = settings.get(key);
        if (text == null) {
            return otherwise;
        }
        Optional<Duration> read =
                parse(text).filter(duration -> duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
        if (read.isEmpty()) {
            mistake(key, "is not a duration such as PT10S, from " + least + " to " + most);
        }
        return read.orElse(otherwise);
    }

    private static Optional<Duration> parse(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private int connections() {
        String text = settings.getOrDefault(CONNECTIONS, "64");
        int read = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (read < 1 || read > 1_000) {
            mistake(CONNECTIONS, "is not a number from 1 to 1000");
            return 64;
        }
        return read;
    }

    private String required(String key, Pattern pattern, String problem) {
        String text = settings.get(key);
        if (text == null || text.isBlank()) {
            mistake(key, "is missing");
            return "";
        }
        if (!pattern.matcher(text).matches()) {
            mistake(key, problem);
        }
        return text;
    }

    private String choice(String key, String otherwise, Set<String> choices, String problem) {
        String text = settings.getOrDefault(key, otherwise);
        if (!choices.contains(text)) {
            mistake(key, problem);
        }
        return text;
    }

    private @Nullable String matching(String key, Predicate<String> right, String problem) {
        String text = settings.get(key);
        if (text != null && !right.test(text)) {
            mistake(key, problem);
        }
        return text;
    }

    private void mistake(String key, String problem) {
        ConfigurationMistake found = new ConfigurationMistake(key, problem);
        if (!mistakes.contains(found)) {
            mistakes.add(found);
        }
    }
}
