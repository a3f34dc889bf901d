package io.parix.backup;

/**
 * Where a page of history ended, to be handed back for the next one (spec D2). Opaque; made by {@link Page#next}, and good for the same
 * database and range only. It names a place in the order of history, so that backups that come or go meanwhile neither hide nor repeat
 * another one.
 *
 * @param text 1 to 300 characters of A-Z, a-z, 0-9, {@code _}, {@code -}
 */
public record PageCursor(String text) {
    private static final int LONGEST = 300;

    /** Refuses what cannot be a cursor; whether it is one of a database and range is for {@link BackupsPage#page} to tell. */
    public PageCursor {
        if (text.isEmpty() || text.length() > LONGEST || !text.chars().allMatch(PageCursor::allowed)) {
            throw InvalidRequestException.of(
                    "page cursor",
                    Printable.quote(text),
                    "it must have 1 to " + LONGEST + " characters of A-Z, a-z, 0-9, '_' and '-'");
        }
    }

    private static boolean allowed(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    @Override
    public String toString() {
        return text;
    }
}
