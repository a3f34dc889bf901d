package io.parix.backup.provider.gcp;

import io.parix.backup.provider.gcp.GcpConfig.Bucket;
import io.parix.backup.provider.gcp.GcpConfig.Transport;
import io.parix.backup.provider.gcp.GcpConfig.Volumes;
import io.parix.backup.provider.gcp.GcpConfig.Writing;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
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

/** Reads settings into a {@link GcpConfig}, finding every mistake. No mistake tells what a setting holds. */
final class GcpSettings {
    private static final String BUCKET = "bucket";
    static final String ENDPOINT = "endpoint";
    private static final String USER_PROJECT = "user-project";
    private static final String STORAGE_CLASS = "storage-class";
    private static final String KMS_KEY = "kms-key";
    private static final String CONNECT = "connect-timeout";
    private static final String STALL = "stall-timeout";
    private static final String CONNECTIONS = "connections";
    private static final String SNAPSHOTS = "snapshots";
    private static final String COMPUTE_PROJECT = "compute-project";
    private static final String COMPUTE_ENDPOINT = "compute-endpoint";
    private static final String SNAPSHOT_LOCATION = "snapshot-location";

    /**
     * They name a place, so the defaults of a process must not hold them. Those of Compute Engine do so too: in another project every
     * snapshot looks gone, and a clean-up that sees it gone forgets it.
     */
    private static final Set<String> OF_THE_PLACE = Set.of(BUCKET, ENDPOINT, COMPUTE_PROJECT, COMPUTE_ENDPOINT);

    private static final Set<String> OTHERS =
            Set.of(USER_PROJECT, STORAGE_CLASS, KMS_KEY, CONNECT, STALL, CONNECTIONS, SNAPSHOTS, SNAPSHOT_LOCATION);

    /** All of them can be read at once ("Storage classes" of Cloud Storage's documentation). */
    private static final Set<String> CLASSES = Set.of("STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE");

    /** "About Cloud Storage buckets": parts of at most 63 between dots, 222 in all; no address, nothing of Google's name. */
    private static final Pattern BUCKET_NAME =
            Pattern.compile("(?![0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+$)(?!goog)(?!.*(google|g00gle))(?=.{3,222}$)"
                    + "[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9_-]{0,61}[a-z0-9])?)*");

    private static final Pattern PROJECT = Pattern.compile("([a-z0-9.-]{1,63}:)?[a-z][a-z0-9-]{4,28}[a-z0-9]");
    private static final Pattern PROJECT_OR_NUMBER = Pattern.compile(PROJECT + "|[0-9]{1,19}");
    private static final Pattern KEY_NAME = Pattern.compile(
            "projects/[A-Za-z0-9.:-]+/locations/[a-z0-9-]+/keyRings/[A-Za-z0-9_-]{1,63}/cryptoKeys/[A-Za-z0-9_-]{1,63}");
    /** A region such as {@code europe-west3}, or several such as {@code eu}. */
    private static final Pattern STORAGE_LOCATION = Pattern.compile("[a-z]{2,20}(-[a-z]+[0-9]{1,2})?");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");
    private static final String NO_URL = "is not a URL such as https://storage.example.com";

    private final Map<String, String> settings;
    private final List<ConfigurationMistake> mistakes = new ArrayList<>();
    private final Bucket bucket;

    /**
     * Reads settings.
     *
     * @param settings all of them
     * @param defaults the names of those that came with the provider
     */
    GcpSettings(Map<String, String> settings, Set<String> defaults) {
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
                .filter(key -> !OF_THE_PLACE.contains(key) && !OTHERS.contains(key))
                .forEach(key -> mistake(key, "is not a setting of the gcp provider"));
    }

    List<ConfigurationMistake> mistakes() {
        return List.copyOf(mistakes);
    }

    /** {@return the settings as values; refuses those with a mistake} */
    GcpConfig config() {
        if (!mistakes.isEmpty()) {
            String all = mistakes.stream().map(Object::toString).collect(Collectors.joining("; "));
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST, "Cannot open a place in Cloud Storage: " + all + ".");
        }
        return new GcpConfig(bucket, writing(), transport(), volumes());
    }

    /** Adds what a client that was handed in does not serve, where it is not wrong already. */
    GcpSettings servedBy(GcpClients clients) {
        boolean told = mistakes.stream().anyMatch(each -> each.key().equals(ENDPOINT));
        if (!told) {
            mistakes.addAll(clients.mistakes(bucket));
        }
        return this;
    }

    private Bucket bucket() {
        return new Bucket(
                bucketName(),
                endpoint(ENDPOINT),
                matching(USER_PROJECT, PROJECT_OR_NUMBER.asMatchPredicate(), "is not a project's id"));
    }

    private String bucketName() {
        String name = settings.get(BUCKET);
        if (name == null || name.isBlank()) {
            mistake(BUCKET, "is missing");
            return "";
        }
        if (!BUCKET_NAME.matcher(name).matches()) {
            mistake(BUCKET, "is not the name of a bucket");
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
            mistake(key, NO_URL);
        }
        return null;
    }

    /** {@return what is wrong with an address, to follow its name; empty where nothing is} */
    static String endpointProblem(URI uri) {
        boolean plain = "http".equals(uri.getScheme());
        if (uri.getHost() == null || !(plain || "https".equals(uri.getScheme()))) {
            return NO_URL;
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
        String snapshots = settings.getOrDefault(SNAPSHOTS, "none");
        if (!snapshots.matches("none|compute")) {
            mistake(SNAPSHOTS, "is neither none nor compute");
        }
        // Compute Engine answers by the id, so that what was asked for by the number would be another one.
        String project =
                matching(COMPUTE_PROJECT, PROJECT.asMatchPredicate(), "is not a project's id, which is no number");
        URI endpoint = endpoint(COMPUTE_ENDPOINT);
        String location = matching(
                SNAPSHOT_LOCATION,
                STORAGE_LOCATION.asMatchPredicate(),
                "is no region, such as europe-west3, and no place of several, such as eu");
        if (!snapshots.equals("compute")) {
            Stream.of(COMPUTE_PROJECT, COMPUTE_ENDPOINT, SNAPSHOT_LOCATION)
                    .filter(settings::containsKey)
                    .forEach(key -> mistake(key, "is for snapshots=compute only"));
            return null;
        }
        if (project == null) {
            mistake(COMPUTE_PROJECT, "is missing, and snapshots=compute needs it");
        }
        if (!ComputeOnClassPath.isThere()) {
            mistake(
                    SNAPSHOTS,
                    "needs com.google.cloud:google-cloud-compute and com.google.api.grpc:proto-google-cloud-compute-v1 on the "
                            + "class path, and they are not both there");
        }
        return new Volumes(Objects.requireNonNullElse(project, ""), endpoint, location);
    }

    private Writing writing() {
        return new Writing(
                matching(STORAGE_CLASS, CLASSES::contains, "is none of STANDARD, NEARLINE, COLDLINE and ARCHIVE"),
                matching(
                        KMS_KEY,
                        KEY_NAME.asMatchPredicate(),
                        "is not the name of a key, projects/P/locations/L/keyRings/R/cryptoKeys/K"));
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
