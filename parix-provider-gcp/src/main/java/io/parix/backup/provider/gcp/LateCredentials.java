package io.parix.backup.provider.gcp;

import com.google.auth.Credentials;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Credentials with the scope that the provider needs: those that are given, or the application default ones, looked for at the
 * first request and not when a place is opened, since on a machine without any the library asks the network for them. Not found is
 * not remembered. Safe for concurrent calls.
 */
final class LateCredentials extends Credentials {
    private static final long serialVersionUID = 1L;

    private final String scope;
    private final transient Search search;
    private final transient TokenTransport tokens;
    private final ReentrantLock searching = new ReentrantLock();
    private volatile @Nullable Credentials known;

    /** Where credentials come from that nobody has given. */
    @FunctionalInterface
    interface Search {
        /**
         * Looks for them.
         *
         * @param by how they are to fetch their access tokens
         * @return them
         * @throws IOException where there are none
         */
        GoogleCredentials find(HttpTransportFactory by) throws IOException;
    }

    /** Those of a host, which fetch their access tokens as they do. */
    LateCredentials(Credentials given, String scope, TokenTransport tokens) {
        this(by -> GoogleCredentials.newBuilder().build(), scope, tokens);
        this.known = scoped(given, scope);
    }

    /** Those that are found, which fetch their access tokens by our transport. */
    LateCredentials(Search search, String scope, TokenTransport tokens) {
        this.scope = scope;
        this.search = search;
        this.tokens = tokens;
    }

    private static Credentials scoped(Credentials credentials, String scope) {
        return credentials instanceof GoogleCredentials google && google.createScopedRequired()
                ? google.createScoped(scope)
                : credentials;
    }

    private Credentials find() throws IOException {
        Credentials found = known;
        return found == null ? search() : found;
    }

    /** One thread looks; others wait for it no longer than their calls last. */
    private Credentials search() throws IOException {
        try {
            if (!searching.tryLock(Deadlines.millis(tokens.left()), TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException("credentials are still being looked for");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The thread was interrupted.", e);
        }
        try {
            Credentials found = known;
            if (found == null) {
                found = scoped(search.find(tokens), scope);
                known = found;
            }
            return found;
        } finally {
            searching.unlock();
        }
    }

    @Override
    public String getAuthenticationType() {
        return "OAuth2";
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
        try {
            return find().getRequestMetadata(uri);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public boolean hasRequestMetadata() {
        return true;
    }

    @Override
    public boolean hasRequestMetadataOnly() {
        return true;
    }

    @Override
    public String getUniverseDomain() throws IOException {
        return find().getUniverseDomain();
    }

    /** A token that is fixed fails here as if it were a mistake of the program, and a host's may by anything, which would hide the answer that it was not taken. */
    @Override
    public void refresh() throws IOException {
        try {
            find().refresh();
        } catch (RuntimeException e) {
            throw new IOException("The credentials cannot be refreshed.", e);
        }
    }

    /** Tells nothing of what it holds. */
    @Override
    public String toString() {
        return "LateCredentials";
    }
}
