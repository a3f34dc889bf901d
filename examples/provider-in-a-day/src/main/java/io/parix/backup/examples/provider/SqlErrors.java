package io.parix.backup.examples.provider;

import io.parix.backup.Printable;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Sorts what a database answers into the closed set of kinds: by SQLSTATE, never by words, which differ by language. */
final class SqlErrors {
    /** How long to wait where the database has no connection left; it does not say. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Exact states, looked at before their classes. Those that begin with 9, and 42S, are H2's own. */
    private static final Map<String, ErrorKind> STATES = Map.ofEntries(
            Map.entry("23505", ErrorKind.ALREADY_EXISTS), // the primary key
            Map.entry("25006", ErrorKind.DENIED), // read only
            Map.entry("42501", ErrorKind.DENIED),
            Map.entry("90040", ErrorKind.DENIED),
            Map.entry("90096", ErrorKind.DENIED),
            Map.entry("90097", ErrorKind.DENIED),
            Map.entry("53100", ErrorKind.QUOTA), // the disk is full
            Map.entry("53300", ErrorKind.THROTTLED), // too many connections
            Map.entry("57014", ErrorKind.CANCELLED), // the statement's time was up
            Map.entry("XX001", ErrorKind.CORRUPT),
            Map.entry("XX002", ErrorKind.CORRUPT),
            Map.entry("90030", ErrorKind.CORRUPT),
            // A table that is not there: the place is gone, and nobody's request is wrong.
            Map.entry("42P01", ErrorKind.UNAVAILABLE),
            Map.entry("42S02", ErrorKind.UNAVAILABLE),
            Map.entry("42S03", ErrorKind.UNAVAILABLE),
            Map.entry("42S04", ErrorKind.UNAVAILABLE));

    /** Classes of states. What is in neither table is taken for trouble that may pass. */
    private static final Map<String, ErrorKind> CLASSES = Map.of(
            "22", ErrorKind.INVALID_REQUEST,
            "28", ErrorKind.DENIED,
            "42", ErrorKind.INVALID_REQUEST,
            "54", ErrorKind.INVALID_REQUEST);

    /** A server that is going down, and 40003, which says so, do not tell whether what was asked for was done. */
    private static final Set<String> UNTOLD = Set.of("40003", "57P01", "57P02");

    /** After these answers to a commit the transaction is known to be rolled back. */
    private static final Set<String> ROLLED_BACK = Set.of("23", "40", "53");

    private SqlErrors() {}

    /** An error before anything was changed. */
    static ProviderException of(Call call, SQLException e) {
        ErrorKind kind = kindOf(state(e));
        return exception(kind == ErrorKind.UNAVAILABLE && call.isOver() ? ErrorKind.CANCELLED : kind, call.doing(), e);
    }

    /** An error before there was a call. */
    static ProviderException of(String doing, SQLException e) {
        return exception(kindOf(state(e)), doing, e);
    }

    /** An error of a statement that commits by itself: without an answer of the database nobody knows. */
    static ProviderException ofSent(Call call, SQLException e) {
        boolean answered = !state(e).isEmpty() && !state(e).startsWith("08") && !UNTOLD.contains(state(e));
        return answered ? of(call, e) : exception(ErrorKind.OUTCOME_UNKNOWN, call.doing(), e);
    }

    /** An error of the commit itself: unless the database said that it rolled back, nobody knows. */
    static ProviderException ofCommit(Call call, SQLException e) {
        boolean known = ROLLED_BACK.contains(classOf(state(e))) && !UNTOLD.contains(state(e));
        return known ? of(call, e) : exception(ErrorKind.OUTCOME_UNKNOWN, call.doing(), e);
    }

    static ErrorKind kindOf(String state) {
        return STATES.getOrDefault(state, CLASSES.getOrDefault(classOf(state), ErrorKind.UNAVAILABLE));
    }

    private static ProviderException exception(ErrorKind kind, String doing, SQLException e) {
        String message = "Failed " + doing + ": the database answered "
                + (state(e).isEmpty() ? "without a state" : state(e)) + ", "
                + Printable.quote(String.valueOf(e.getMessage())) + ".";
        return kind == ErrorKind.THROTTLED
                ? ProviderException.throttled(message, PATIENCE, e)
                : new ProviderException(kind, message, e);
    }

    private static String state(SQLException e) {
        String state = e.getSQLState();
        return state == null ? "" : state;
    }

    private static String classOf(String state) {
        return state.substring(0, Math.min(2, state.length()));
    }
}
