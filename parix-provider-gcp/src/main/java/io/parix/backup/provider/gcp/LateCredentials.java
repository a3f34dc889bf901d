package io.parix.backup.provider.gcp;

import com.google.auth.Credentials;
import com.google.auth.http.HttpTransportFactory;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.OAuth2Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Credentials with the scope that the provider needs: those that are given, or the application default ones, looked for at the
 * first request and not when a place is opened, since on a machine without any the library asks the network for them. Not found is
 * not remembered. Whatever takes time is a {@link TokenFetch}, so that a call ends when it is to, whosever credentials they are. Safe
 * for concurrent calls.
 */
final class LateCredentials extends Credentials {
    private static final long serialVersionUID = 1L;

    /** For how long a token is not asked for again. The library renews one that would end within three times as long. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final String scope;
    private final transient Search search;
    private final transient HttpTransportFactory tokens;
    private final transient TokenFetch<Map<String, List<String>>> metadata;
    private final transient TokenFetch<String> domains;
    private final transient TokenFetch<Boolean> renewals;
    private final ReentrantLock searching = new ReentrantLock();
    private volatile @Nullable Credentials known;
    private transient volatile @Nullable Kept kept;
    private volatile @Nullable String domain;

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

    /**
     * What requests carry, and need not be fetched for each.
     *
     * @param metadata it
     * @param token that it holds; the credentials have another one once that is renewed
     * @param since by the clock of this process
     */
    private record Kept(Map<String, List<String>> metadata, AccessToken token, long since) {
        @SuppressWarnings("ReferenceEquality") // Another one of equal content is a new one.
        boolean isOf(@Nullable Credentials credentials) {
            return credentials instanceof OAuth2Credentials theirs
                    && theirs.getAccessToken() == token
                    && System.nanoTime() - since < KEPT.toNanos();
        }
    }

    /** Those of a host, which fetch their access tokens as they do. */
    LateCredentials(Credentials given, String scope, CurrentCall current) {
        this(by -> GoogleCredentials.newBuilder().build(), scope, new TokenTransport(), current);
        this.known = scoped(given, scope);
    }

    /** Those that are found, which fetch their access tokens by our transport. */
    LateCredentials(Search search, String scope, TokenTransport tokens, CurrentCall current) {
        this.scope = scope;
        this.search = search;
        this.tokens = tokens;
        this.metadata = new TokenFetch<>(current);
        this.domains = new TokenFetch<>(current);
        this.renewals = new TokenFetch<>(current);
    }

    private static Credentials scoped(Credentials credentials, String scope) {
        return credentials instanceof GoogleCredentials google && google.createScopedRequired()
                ? google.createScoped(scope)
                : credentials;
    }

    /** One thread looks, and those that wait for it are as few as there are kinds of fetches. */
    private Credentials find() throws IOException {
        Credentials found = known;
        if (found != null) {
            return found;
        }
        try {
            searching.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Nobody waits for the credentials any more.", e);
        }
        try {
            found = known;
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

    /** All requests of a place go to one address, so that what one of them carries is what any other may. */
    @Override
    public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
        Kept before = kept;
        return before != null && before.isOf(known) ? before.metadata() : metadata.get(() -> fetch(uri));
    }

    private Map<String, List<String>> fetch(@Nullable URI uri) throws IOException {
        try {
            Credentials found = find();
            Map<String, List<String>> got = found.getRequestMetadata(uri);
            kept = Optional.of(found)
                    .filter(OAuth2Credentials.class::isInstance)
                    .map(theirs -> ((OAuth2Credentials) theirs).getAccessToken())
                    .filter(token -> isIn(got, token))
                    .map(token -> new Kept(got, token, System.nanoTime()))
                    .orElse(null);
            return got;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** It may have been renewed since. */
    private static boolean isIn(Map<String, List<String>> metadata, AccessToken token) {
        return metadata.values().stream().flatMap(List::stream).anyMatch(("Bearer " + token.getTokenValue())::equals);
    }

    @Override
    public boolean hasRequestMetadata() {
        return true;
    }

    @Override
    public boolean hasRequestMetadataOnly() {
        return true;
    }

    /** It does not change, and the library asks for it before each request. */
    @Override
    public String getUniverseDomain() throws IOException {
        String told = domain;
        if (told == null) {
            told = domains.get(() -> find().getUniverseDomain());
            domain = told;
        }
        return told;
    }

    /** A token that is fixed fails here as if it were a mistake of the program, and a host's may by anything, which would hide the answer that it was not taken. */
    @Override
    public void refresh() throws IOException {
        try {
            renewals.get(() -> {
                find().refresh();
                return true;
            });
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
