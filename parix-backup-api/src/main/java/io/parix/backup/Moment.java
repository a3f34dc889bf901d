package io.parix.backup;

import java.time.Instant;

/**
 * An instant as a page shows it (spec D2).
 *
 * @param at the instant
 * @param relative how far it is from the instant of the page
 * @param words the same in the language of the page, for example {@code 3 hours ago}
 */
public record Moment(Instant at, RelativeTime relative, String words) {}
