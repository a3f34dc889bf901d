package io.parix.backup;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a database's backups is wanted (spec D). Begins with {@link #of}; every move gives another request.
 *
 * @param database whose backups; it need not exist any more
 * @param viewer who looks, and whose rights decide what is offered
 * @param range backups that were asked for when
 * @param part which part of these
 * @param selection the backups of the storage summary (spec D4), at most {@link #MAX_SELECTION}
 * @param locale the language of relative times; English where there is no table of it
 */
public record PageRequest(
        DatabaseId database, Actor viewer, Range range, Part part, Set<BackupId> selection, Locale locale) {
    /** The most rows of one page. */
    public static final int MAX_SIZE = 500;
    /** The rows of one page unless another number is asked for. */
    public static final int DEFAULT_SIZE = 50;
    /** The most backups of one selection. */
    public static final int MAX_SELECTION = 500;

    /** Copies the set; refuses one that is too large. */
    public PageRequest {
        if (selection.size() > MAX_SELECTION) {
            throw InvalidRequestException.of(
                    "selection", "of " + selection.size() + " backups", "it may have at most " + MAX_SELECTION);
        }
        selection = Set.copyOf(selection);
    }

    /**
     * The first page of all backups of a database, in English, with nothing selected.
     *
     * @param database whose backups
     * @param viewer who looks
     * @return the request
     */
    public static PageRequest of(DatabaseId database, Actor viewer) {
        return new PageRequest(database, viewer, Range.ALWAYS, new Part(DEFAULT_SIZE, null), Set.of(), Locale.ENGLISH);
    }

    /**
     * The same, of backups that were asked for in a range of time.
     *
     * @param from the first instant of the range, or null for no bound
     * @param to the first instant after it, or null for no bound
     * @return the request
     * @throws InvalidRequestException when the range ends before it begins
     */
    public PageRequest within(@Nullable Instant from, @Nullable Instant to) {
        return new PageRequest(database, viewer, new Range(from, to), part, selection, locale);
    }

    /**
     * The same, with another number of rows.
     *
     * @param size at most so many, 1 to {@link #MAX_SIZE}
     * @return the request
     * @throws InvalidRequestException when the number is out of bounds
     */
    public PageRequest rows(int size) {
        return new PageRequest(database, viewer, range, new Part(size, part.after()), selection, locale);
    }

    /**
     * The same, of the page that follows.
     *
     * @param cursor where the page before ended
     * @return the request
     */
    public PageRequest after(PageCursor cursor) {
        return new PageRequest(database, viewer, range, new Part(part.size(), cursor), selection, locale);
    }

    /**
     * The same, with a summary of other backups (spec D4).
     *
     * @param backups the selection, at most {@link #MAX_SELECTION}
     * @return the request
     * @throws InvalidRequestException when there are too many
     */
    public PageRequest selecting(Set<BackupId> backups) {
        return new PageRequest(database, viewer, range, part, backups, locale);
    }

    /**
     * The same, in another language.
     *
     * @param language the language of relative times
     * @return the request
     */
    public PageRequest in(Locale language) {
        return new PageRequest(database, viewer, range, part, selection, language);
    }

    /**
     * A range of instants.
     *
     * @param from its first instant, or null for no bound
     * @param to the first instant after it, or null for no bound
     */
    public record Range(@Nullable Instant from, @Nullable Instant to) {
        /** Every instant. */
        public static final Range ALWAYS = new Range(null, null);

        /** Refuses a range that ends before it begins; one that ends where it begins is empty. */
        public Range {
            if (from != null && to != null && to.isBefore(from)) {
                throw InvalidRequestException.of("page range", from + " to " + to, "it ends before it begins");
            }
        }

        /** {@return its first instant, where it has one} */
        public Optional<Instant> first() {
            return Optional.ofNullable(from);
        }

        /** {@return the first instant after it, where there is one} */
        public Optional<Instant> end() {
            return Optional.ofNullable(to);
        }
    }

    /**
     * A part of a history.
     *
     * @param size at most so many rows, 1 to {@link #MAX_SIZE}
     * @param after where the page before ended, or null to begin
     */
    public record Part(int size, @Nullable PageCursor after) {
        /** Refuses sizes out of bounds. */
        public Part {
            if (size < 1 || size > MAX_SIZE) {
                throw InvalidRequestException.of("page size", String.valueOf(size), "it must be 1 to " + MAX_SIZE);
            }
        }

        /** {@return where the page before ended; empty for the first one} */
        public Optional<PageCursor> cursor() {
            return Optional.ofNullable(after);
        }
    }
}
