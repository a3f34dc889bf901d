package io.parix.backup.provider.gcp;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.gax.retrying.BasicResultRetryAlgorithm;
import com.google.api.gax.retrying.ResultRetryAlgorithm;
import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageRetryStrategy;
import io.parix.backup.spi.ConfigurationMistake;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where clients come from: made here, or like the host's. Each has a transport of its own, in which calls have deadlines.
 *
 * <p>Retries are the engine's, so every client makes one attempt.
 */
final class GcpClients {
    /** For reading, writing and deleting objects, and nothing else ("Cloud Storage OAuth 2.0 scopes"). */
    static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    /** For snapshots and disks; there is none that is narrower ("Compute Engine OAuth 2.0 scopes"). */
    private static final String COMPUTE_SCOPE = "https://www.googleapis.com/auth/compute";

    /** No request needs a project; without one the library would ask the network which is the machine's. */
    private static final String NO_PROJECT = "unused";

    private final @Nullable Credentials credentials;
    private final @Nullable Storage theirs;
    private final LateCredentials.Search search;
    private final CurrentCall current = new CurrentCall();
    private final TokenTransport tokens = new TokenTransport();

    GcpClients(@Nullable Credentials credentials, @Nullable Storage theirs) {
        this(credentials, theirs, GoogleCredentials::getApplicationDefault);
    }

    /** With another search for credentials than Google's, where none are given. */
    GcpClients(@Nullable Credentials credentials, @Nullable Storage theirs, LateCredentials.Search search) {
        this.credentials = credentials;
        this.theirs = theirs;
        this.search = search;
    }

    /**
     * A client and what ends with it.
     *
     * @param storage the client
     * @param transport by which it talks; closed with the place
     * @param compute the same credentials for Compute Engine; null where there are none
     */
    record Opened(
            Storage storage,
            GcpTransport transport,
            @Nullable Credentials compute) {}

    /** Makes a client. Nothing connects. */
    Opened open(GcpConfig config) {
        HttpStorageOptions.Builder builder =
                theirs == null ? ours(config) : likeTheirs((HttpStorageOptions) theirs.getOptions());
        builder.setRetrySettings(ServiceOptions.getNoRetrySettings()).setStorageRetryStrategy(new NoRetries());
        URI home = URI.create(builder.build().getHost());
        GcpTransport transport = new GcpTransport(config.transport(), home, null, current);
        return new Opened(
                builder.setTransportOptions(new Once(transport)).build().getService(), transport, forCompute());
    }

    private @Nullable Credentials forCompute() {
        if (theirs == null) {
            return ours(COMPUTE_SCOPE);
        }
        Credentials own = theirs.getOptions().getCredentials();
        return own == null || own == NoCredentials.getInstance()
                ? null
                : new LateCredentials(own, COMPUTE_SCOPE, current);
    }

    private LateCredentials ours(String scope) {
        return credentials == null
                ? new LateCredentials(search, scope, tokens, current)
                : new LateCredentials(credentials, scope, current);
    }

    private HttpStorageOptions.Builder ours(GcpConfig config) {
        URI endpoint = config.bucket().endpoint();
        HttpStorageOptions.Builder builder =
                HttpStorageOptions.newBuilder().setProjectId(NO_PROJECT).setCredentials(ours(SCOPE));
        return endpoint == null ? builder : builder.setHost(hostOf(endpoint));
    }

    /** What it is like is looked at by {@link #mistakes}, before anything is opened. */
    private HttpStorageOptions.Builder likeTheirs(HttpStorageOptions options) {
        Credentials own = options.getCredentials();
        return own == null || own == NoCredentials.getInstance()
                ? options.toBuilder()
                : options.toBuilder().setCredentials(new LateCredentials(own, SCOPE, current));
    }

    /**
     * What of a bucket the host's client does not serve: it goes where it was made for. A place that names no endpoint leaves the way
     * there to it.
     *
     * @param bucket which
     * @return by setting; empty where clients are made here
     */
    List<ConfigurationMistake> mistakes(GcpConfig.Bucket bucket) {
        if (theirs == null) {
            return List.of();
        }
        if (!(theirs.getOptions() instanceof HttpStorageOptions options)) {
            return List.of(elsewhere("is for a client that speaks JSON over HTTP; make it by StorageOptions.http()"));
        }
        URI host = URI.create(options.getHost());
        String problem = GcpSettings.endpointProblem(host);
        if (!problem.isEmpty()) {
            return List.of(elsewhere("as the client that was handed in has it " + problem));
        }
        URI wanted = bucket.endpoint();
        return wanted == null || hostOf(host).equals(hostOf(wanted))
                ? List.of()
                : List.of(elsewhere(
                        "is not that of the client that was handed in, " + host.getHost() + "; hand in one for each"));
    }

    private static ConfigurationMistake elsewhere(String problem) {
        return new ConfigurationMistake(GcpSettings.ENDPOINT, problem);
    }

    private static String hostOf(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }

    @Override
    public String toString() {
        return theirs != null
                ? "a client of the host"
                : credentials != null ? "credentials of the host" : "application default credentials";
    }

    /** Our transport, and one attempt for each request: refreshed credentials are for the next one. */
    private static final class Once extends HttpTransportOptions {
        private static final long serialVersionUID = 1L;

        Once(GcpTransport transport) {
            super(HttpTransportOptions.newBuilder().setHttpTransportFactory(transport));
        }

        @Override
        public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
            HttpRequestInitializer all = super.getHttpRequestInitializer(options);
            return request -> {
                all.initialize(request);
                request.setNumberOfRetries(0);
            };
        }
    }

    /** Also of a stream that broke off, which the client would otherwise open anew without an end. */
    private static final class NoRetries implements StorageRetryStrategy {
        private static final long serialVersionUID = 1L;

        @Override
        public ResultRetryAlgorithm<?> getIdempotentHandler() {
            return never();
        }

        @Override
        public ResultRetryAlgorithm<?> getNonidempotentHandler() {
            return never();
        }

        private static ResultRetryAlgorithm<?> never() {
            return new BasicResultRetryAlgorithm<Object>() {
                @Override
                public boolean shouldRetry(@Nullable Throwable thrown, @Nullable Object response) {
                    return false;
                }
            };
        }
    }
}
