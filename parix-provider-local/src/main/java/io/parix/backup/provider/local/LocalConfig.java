package io.parix.backup.provider.local;

import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a place, all of them right.
 *
 * @param root an absolute path
 * @param create whether the directory is made where it is missing
 */
record LocalConfig(Path root, boolean create) {
    private static final String ROOT = "root";
    private static final String CREATE = "create";

    static LocalConfig of(Map<String, String> settings) {
        List<ConfigurationMistake> mistakes = mistakes(settings);
        if (!mistakes.isEmpty()) {
            String all = mistakes.stream().map(Object::toString).collect(Collectors.joining("; "));
            throw new ProviderException(ErrorKind.INVALID_REQUEST, "Cannot open a local place: " + all + ".");
        }
        return new LocalConfig(Path.of(settings.getOrDefault(ROOT, "")), Boolean.parseBoolean(settings.get(CREATE)));
    }

    static List<ConfigurationMistake> mistakes(Map<String, String> settings) {
        List<ConfigurationMistake> mistakes = new ArrayList<>();
        rootMistake(settings.get(ROOT)).ifPresent(p -> mistakes.add(new ConfigurationMistake(ROOT, p)));
        if (!Set.of("true", "false").contains(settings.getOrDefault(CREATE, "false"))) {
            mistakes.add(new ConfigurationMistake(CREATE, "is neither true nor false"));
        }
        settings.keySet().stream()
                .filter(key -> !key.equals(ROOT) && !key.equals(CREATE))
                .sorted()
                .forEach(key -> mistakes.add(new ConfigurationMistake(key, "is not a setting of the local provider")));
        return List.copyOf(mistakes);
    }

    private static Optional<String> rootMistake(@Nullable String root) {
        if (root == null || root.isBlank()) {
            return Optional.of("is missing; give the absolute path of the directory");
        }
        try {
            Path path = Path.of(root);
            if (!path.isAbsolute() || !path.equals(path.normalize())) {
                return Optional.of("is not an absolute path without '.' and '..'");
            }
            return path.getNameCount() == 0 ? Optional.of("is the root of the file system") : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.of("is not a path: " + e.getReason());
        }
    }
}
