package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts what a database answers into the kinds that the engine reacts to: by SQLSTATE, never by words. */
final class SqlFailures {
    private static final String UNIQUE_VIOLATION = "23505";

    /** Exact states, looked at before their classes. Those that begin with 9 are H2's own. */
    private static final Map<String, ErrorKind> STATES = Map.ofEntries(
            Map.entry("42501", ErrorKind.DENIED),
            Map.entry("90040", ErrorKind.DENIED),
            Map.entry("90096", ErrorKind.DENIED),
            Map.entry("53100", ErrorKind.QUOTA),
            Map.entry("54011", ErrorKind.INVALID_REQUEST),
            Map.entry("XX001", ErrorKind.CORRUPT),
            Map.entry("XX002", ErrorKind.CORRUPT),
            Map.entry("90030", ErrorKind.CORRUPT));

    /** Classes of states. What is in neither table is taken for trouble that may pass. */
    private static final Map<String, ErrorKind> CLASSES = Map.of(
            "22", ErrorKind.INVALID_REQUEST,
            "23", ErrorKind.INVALID_REQUEST,
            "28", ErrorKind.DENIED,
            "42", ErrorKind.INVALID_REQUEST);

    /** After these answers to a commit the transaction is known to be rolled back. */
    private static final Set<String> ROLLED_BACK = Set.of("23", "40", "53");

    /** The one of class 40 that says that it does not know: statement completion unknown. */
    private static final String COMPLETION_UNKNOWN = "40003";

    private SqlFailures() {}

    static boolean isUniqueViolation(SQLException failure) {
        return UNIQUE_VIOLATION.equals(failure.getSQLState());
    }

    /** A failure before the commit: nothing happened. */
    static ProviderException before(String what, SQLException failure) {
        return exception(kind(failure.getSQLState()), what, failure);
    }

    /** A failure of the commit itself: unless the database said that it rolled back, nobody knows. */
    static ProviderException atCommit(String what, SQLException failure) {
        String state = failure.getSQLState();
        boolean known = state != null && ROLLED_BACK.contains(classOf(state)) && !state.equals(COMPLETION_UNKNOWN);
        return exception(known ? kind(state) : ErrorKind.OUTCOME_UNKNOWN, what, failure);
    }

    private static ProviderException exception(ErrorKind kind, String what, SQLException failure) {
        String message = "Cannot " + what + " in the catalog's database (SQLSTATE " + failure.getSQLState() + "): "
                + failure.getMessage();
        return new ProviderException(kind, message, failure);
    }

    private static ErrorKind kind(@Nullable String state) {
        if (state == null) {
            return ErrorKind.UNAVAILABLE;
        }
        ErrorKind exact = STATES.get(state);
        return exact != null ? exact : CLASSES.getOrDefault(classOf(state), ErrorKind.UNAVAILABLE);
    }

    private static String classOf(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }
}
