package io.parix.backup.provider.gcp;

import com.google.auth.Credentials;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The application default credentials, looked for at the first request and not when a place is opened: on a machine without any
 * the library asks the network for them. Not found is not remembered. Safe for concurrent calls.
 */
final class LateCredentials extends Credentials {
    private static final long serialVersionUID = 1L;

    private transient @Nullable GoogleCredentials found;

    /** {@return credentials with the scope that the provider needs, where they want one} */
    static Credentials scoped(Credentials credentials) {
        return credentials instanceof GoogleCredentials google && google.createScopedRequired()
                ? google.createScoped(GcpClients.SCOPE)
                : credentials;
    }

    private synchronized Credentials find() throws IOException {
        GoogleCredentials known = found;
        if (known == null) {
            known = (GoogleCredentials) scoped(GoogleCredentials.getApplicationDefault());
            found = known;
        }
        return known;
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
    public void refresh() throws IOException {
        find().refresh();
    }
}
