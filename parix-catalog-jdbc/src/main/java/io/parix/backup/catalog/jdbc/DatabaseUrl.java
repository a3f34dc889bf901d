package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, for a catalog that connects by itself. Its driver must be on the class path.
 *
 * <p>An H2 URL gets {@code WRITE_DELAY=0}: without it H2 acknowledges what a crash of the process loses.
 *
 * @param url a JDBC URL that begins with {@code jdbc:h2:} or {@code jdbc:postgresql:}
 * @param user the user, or null where the URL tells it or none is needed
 * @param password the password, or null; never printed
 */
public record DatabaseUrl(
        String url, @Nullable String user, @Nullable String password) {
    private static final String H2 = "jdbc:h2:";
    private static final String WRITE_DELAY = ";WRITE_DELAY=";

    /**
     * Completes an H2 URL.
     *
     * @throws ConfigurationException listing everything that is wrong with the URL
     */
    public DatabaseUrl {
        List<ConfigurationMistake> mistakes = new ArrayList<>();
        if (!url.startsWith(H2) && !url.startsWith("jdbc:postgresql:")) {
            mistakes.add(new ConfigurationMistake("url", "must begin with jdbc:h2: or jdbc:postgresql:"));
        }
        String upper = url.toUpperCase(Locale.ROOT);
        if (url.startsWith(H2) && !upper.contains(WRITE_DELAY)) {
            url = url + WRITE_DELAY + "0";
        } else if (url.startsWith(H2) && !(upper + ";").contains(WRITE_DELAY + "0;")) {
            mistakes.add(new ConfigurationMistake("url", "must have WRITE_DELAY=0 or leave it out"));
        }
        if (password != null && user == null) {
            mistakes.add(new ConfigurationMistake("user", "must be given with a password"));
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigurationException("the catalog", mistakes);
        }
    }

    /**
     * A database that needs no user, or whose URL tells it.
     *
     * @param url a JDBC URL that begins with {@code jdbc:h2:} or {@code jdbc:postgresql:}
     * @return where it is
     */
    public static DatabaseUrl of(String url) {
        return new DatabaseUrl(url, null, null);
    }

    /** {@return the URL without user and parameters, which may hold secrets} */
    @Override
    public String toString() {
        // Up to the last @, since a password may hold any other character; a parameter with one hides more than it
        // must.
        int at = url.lastIndexOf('@');
        int slashes = url.indexOf("//");
        boolean named = slashes >= 0 && slashes < at;
        String shown = named ? url.substring(0, slashes + 2) + url.substring(at + 1) : url;
        return shown.split("[;?]", 2)[0];
    }
}
