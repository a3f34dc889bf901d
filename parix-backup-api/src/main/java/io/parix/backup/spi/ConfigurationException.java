package io.parix.backup.spi;

import io.parix.backup.BackupException;
import io.parix.backup.ErrorCode;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot work. All mistakes are reported at once, by key; nothing was begun. */
public final class ConfigurationException extends BackupException {
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigurationMistake> mistakes;

    /**
     * Lists the mistakes.
     *
     * @param what whose settings, for example {@code provider local}
     * @param mistakes at least one
     */
    public ConfigurationException(String what, List<ConfigurationMistake> mistakes) {
        super(
                ErrorCode.INVALID_CONFIGURATION,
                "Cannot use the settings of " + what + ": "
                        + mistakes.stream().map(ConfigurationMistake::toString).collect(Collectors.joining("; ")) + ".",
                null);
        this.mistakes = List.copyOf(mistakes);
    }

    /** {@return every mistake} */
    public List<ConfigurationMistake> mistakes() {
        return mistakes == null ? List.of() : mistakes;
    }
}
