package io.parix.backup.provider.gcp;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Credentials with the scope that the provider needs: those that are given, or the application default ones, looked for at the
 * first request and not when a place is opened, since on a machine without any the library asks the network for them. Not found is
 * not remembered. Safe for concurrent calls.
 */
final class LateCredentials extends Credentials {
    private static final long serialVersionUID = 1L;

    private final String scope;
    private @Nullable Credentials known;

    LateCredentials(@Nullable Credentials given, String scope) {
        this.scope = scope;
        this.known = given == null ? null : scoped(given, scope);
    }

    private static Credentials scoped(Credentials credentials, String scope) {
        return credentials instanceof GoogleCredentials google && google.createScopedRequired()
                ? google.createScoped(scope)
                : credentials;
    }

    private synchronized Credentials find() throws IOException {
        Credentials found = known;
        if (found == null) {
            found = scoped(GoogleCredentials.getApplicationDefault(), scope);
            known = found;
        }
        return found;
    }

    @Override
    public String getAuthenticationType() {
        return "OAuth2";
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
        return find().getRequestMetadata(uri);
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
