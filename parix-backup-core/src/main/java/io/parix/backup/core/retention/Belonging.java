package io.parix.backup.core.retention;

import io.parix.backup.Actor;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.OrganizationId;
import io.parix.backup.RetentionSetting;
import io.parix.backup.RetentionSource;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whose a database is, as its clean-up has seen it. A database that comes to an organization with a shorter period loses backups that nobody
 * has decided to lose, so the move waits as a shortening does (spec H9): the setting of the organization before holds until the undo
 * window is over, counted from when clean-up first saw the move.
 *
 * @param organization the one whose setting holds
 * @param next the one whose setting will, or null where none waits
 * @param since when clean-up first saw that it is the next one's; null exactly where none waits
 */
public record Belonging(
        OrganizationId organization,
        @Nullable OrganizationId next,
        @Nullable Instant since) {
    /** Refuses a move without its instant. */
    public Belonging {
        if ((next == null) != (since == null)) {
            throw InvalidRequestException.of("move to organization " + next, "seen at " + since, "one is missing");
        }
    }

    /**
     * What is known of two organizations' settings.
     *
     * @param before of the one that clean-up has last known
     * @param current of the one that the host says now
     */
    public record Settings(RetentionSetting before, RetentionSetting current) {}

    /**
     * When it is asked, and how long a move waits.
     *
     * @param now the catalog's clock
     * @param undoWindow how long
     */
    public record Moment(Instant now, Duration undoWindow) {}

    /**
     * A database that has not moved.
     *
     * @param organization whose it is
     * @return its belonging
     */
    public static Belonging to(OrganizationId organization) {
        return new Belonging(organization, null, null);
    }

    /**
     * The setting that holds, whoever the host says it belongs to.
     *
     * @param current whose the database is now
     * @param settings of the two
     * @param moment when
     * @return the current organization's, or the one before's with the current one's pending
     */
    public RetentionSetting setting(OrganizationId current, Settings settings, Moment moment) {
        RetentionSetting then = settings.before().inForceAt(moment.now());
        RetentionSetting now = settings.current().inForceAt(moment.now());
        if (current.equals(organization) || !now.period().shorterThan(then.period())) {
            return settings.current();
        }
        Actor by = new Actor("parix: now of organization " + current);
        Instant from = current.equals(next) && since != null ? since : moment.now();
        RetentionSetting moved = now.source() == RetentionSource.DEFAULT
                ? then.useDefault(by, from, moment.undoWindow())
                : then.change(now.period(), by, from, moment.undoWindow());
        boolean waits = moved.pendingChange()
                .filter(change -> moment.now().isBefore(change.effectiveAt()))
                .isPresent();
        return waits ? moved : settings.current();
    }

    /**
     * What clean-up is to know after a look.
     *
     * @param current whose the database is now
     * @param settings of the two
     * @param moment when
     * @return this where nothing has changed; the move that waits; or the current organization's once its setting holds
     */
    public Belonging seen(OrganizationId current, Settings settings, Moment moment) {
        boolean holds = setting(current, settings, moment).equals(settings.current());
        if (current.equals(organization) || holds) {
            return to(current);
        }
        return current.equals(next) ? this : new Belonging(organization, current, moment.now());
    }
}
