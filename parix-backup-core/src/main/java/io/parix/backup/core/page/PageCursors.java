package io.parix.backup.core.page;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.PageCursor;
import io.parix.backup.PageRequest;
import io.parix.backup.Printable;
import io.parix.backup.spi.Checksums;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cursors of a history, between a place in its order and text (spec D2). Version 1 is the base64url of the version, the place and the first
 * eight bytes of a SHA-256 over both and whose history it is. It guards against mistakes, not against malice: whoever makes one up sees no
 * more than whoever asks without one, and a place that no catalog can have is refused.
 */
public final class PageCursors {
    private static final String VERSION = "1";
    private static final Pattern FORM = Pattern.compile(
            "(?<version>\\d{1,4}) (?<second>-?\\d{1,18}) (?<nano>\\d{1,9}) (?<id>[!-~]{1,64}) (?<sum>[0-9a-f]{16})");
    private static final int SUM = 8;

    private PageCursors() {}

    /**
     * A place in the order of a history.
     *
     * @param requestedAt when the backup was asked for
     * @param backup the backup
     */
    public record Place(Instant requestedAt, BackupId backup) {}

    /**
     * Whose history, and which part of it.
     *
     * @param database whose
     * @param range asked for when
     */
    public record Scope(DatabaseId database, PageRequest.Range range) {}

    /**
     * Writes a cursor.
     *
     * @param scope of which history
     * @param last the last row of the page
     * @return the cursor of the page that follows
     */
    public static PageCursor write(Scope scope, Place last) {
        Instant at = last.requestedAt();
        String text = VERSION + " " + at.getEpochSecond() + " " + at.getNano() + " " + last.backup();
        String whole = text + " " + sum(text, scope);
        return new PageCursor(Base64.getUrlEncoder().withoutPadding().encodeToString(whole.getBytes(US_ASCII)));
    }

    /**
     * Reads a cursor.
     *
     * @param scope of which history
     * @param cursor the cursor
     * @return the last row of the page before
     * @throws InvalidRequestException when it was not made for this history, or not by this release
     */
    public static Place read(Scope scope, PageCursor cursor) {
        Matcher parts = FORM.matcher(decoded(cursor));
        if (!parts.matches()) {
            throw refused(cursor, "it is none");
        }
        if (!parts.group("version").equals(VERSION)) {
            throw refused(cursor, "it was made by another release");
        }
        Place place = place(cursor, parts);
        if (!write(scope, place).equals(cursor)) {
            throw refused(cursor, "it is not one of database " + scope.database() + " and this range, or was changed");
        }
        return place;
    }

    private static Place place(PageCursor cursor, Matcher parts) {
        try {
            Instant at =
                    Instant.ofEpochSecond(Long.parseLong(parts.group("second")), Integer.parseInt(parts.group("nano")));
            if (Sayable.is(at)) {
                return new Place(at, new BackupId(parts.group("id")));
            }
        } catch (DateTimeException | InvalidRequestException e) {
            throw refused(cursor, "it names no place");
        }
        throw refused(cursor, "it names no place");
    }

    private static String decoded(PageCursor cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor.text()), US_ASCII);
        } catch (IllegalArgumentException e) {
            throw refused(cursor, "it is none");
        }
    }

    private static String sum(String text, Scope scope) {
        String whole = String.join(
                "\n",
                text,
                scope.database().value(),
                bound(scope.range().first()),
                bound(scope.range().end()));
        byte[] digest = Checksums.newSha256().digest(whole.getBytes(UTF_8));
        return HexFormat.of().formatHex(digest, 0, SUM);
    }

    private static String bound(Optional<Instant> instant) {
        return instant.map(at -> at.getEpochSecond() + "." + at.getNano()).orElse("none");
    }

    private static InvalidRequestException refused(PageCursor cursor, String fact) {
        return InvalidRequestException.of(
                "page cursor", Printable.quote(cursor.text()), fact + "; begin with the first page");
    }
}
