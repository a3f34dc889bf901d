package io.parix.backup.examples.provider;

import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of a place, which may be wrong. No mistake tells what a setting holds. */
final class JdbcTableSettings {
    private static final String URL = "url";
    private static final String CREATE = "create";

    /** Settings are stored with every backup, so a URL that brings a secret along is refused. */
    private static final Pattern SECRET = Pattern.compile("(?i)pass(word|phrase)|//[^/]*@");

    private final Map<String, String> settings;
    private final Set<String> names;

    private JdbcTableSettings(Map<String, String> settings, Set<String> names) {
        this.settings = settings;
        this.names = names;
    }

    /** {@return those of a provider that connects by itself} */
    static JdbcTableSettings withUrl(Map<String, String> settings) {
        return new JdbcTableSettings(settings, Set.of(URL, CREATE));
    }

    /** {@return those of a provider that is given its connections} */
    static JdbcTableSettings withoutUrl(Map<String, String> settings) {
        return new JdbcTableSettings(settings, Set.of(CREATE));
    }

    List<ConfigurationMistake> mistakes() {
        List<ConfigurationMistake> mistakes = new ArrayList<>();
        if (names.contains(URL)) {
            urlProblem(settings.get(URL)).ifPresent(problem -> mistakes.add(new ConfigurationMistake(URL, problem)));
        }
        if (!Set.of("true", "false").contains(settings.getOrDefault(CREATE, "false"))) {
            mistakes.add(new ConfigurationMistake(CREATE, "is neither true nor false"));
        }
        settings.keySet().stream()
                .filter(name -> !names.contains(name))
                .sorted()
                .forEach(name ->
                        mistakes.add(new ConfigurationMistake(name, "is not a setting of the jdbc-table provider")));
        return List.copyOf(mistakes);
    }

    private static Optional<String> urlProblem(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return Optional.of("is missing; give the JDBC URL of the database");
        }
        if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
            return Optional.of("must begin with jdbc:h2: or jdbc:postgresql:");
        }
        return SECRET.matcher(url).find()
                ? Optional.of("must hold no password; hand a DataSource in, or use the driver's password file")
                : Optional.empty();
    }

    void requireRight() {
        List<ConfigurationMistake> mistakes = mistakes();
        if (!mistakes.isEmpty()) {
            String all = mistakes.stream().map(Object::toString).collect(Collectors.joining("; "));
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Cannot open a table as a place: " + all + ".");
        }
    }

    /** {@return the URL; H2 is told to write before it answers, which it would not do by itself} */
    String url() {
        String url = settings.getOrDefault(URL, "");
        boolean silent =
                url.startsWith("jdbc:h2:") && !url.toUpperCase(Locale.ROOT).contains(";WRITE_DELAY=");
        return silent ? url + ";WRITE_DELAY=0" : url;
    }

    boolean create() {
        return settings.getOrDefault(CREATE, "false").equals("true");
    }
}
