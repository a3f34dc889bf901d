package io.parix.backup.engine.page;

import io.parix.backup.Actor;
import io.parix.backup.BackupsPage;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseView;
import io.parix.backup.Page;
import io.parix.backup.PageRequest;
import io.parix.backup.PointInTimeRecovery;
import io.parix.backup.Protection;
import io.parix.backup.Report;
import io.parix.backup.core.availability.AvailabilityFacts.Permission;
import io.parix.backup.core.eligibility.Eligibility;
import io.parix.backup.core.page.Moments;
import io.parix.backup.engine.intake.BackupOrders;
import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.host.AccessPolicy.Action;
import io.parix.backup.host.DatabaseFacts;
import java.util.List;

/** The service behind {@link BackupsPage}. */
public final class PageReader implements BackupsPage {
    private final IntakeParts parts;
    private final BackupOrders orders;
    private final Glances glances;
    private final Summaries summaries;

    /**
     * A service over the given parts.
     *
     * @param parts what it reads from
     */
    public PageReader(PageParts parts) {
        this.parts = parts.intake();
        this.orders = new BackupOrders(parts.intake());
        this.glances = new Glances(parts);
        this.summaries = new Summaries(parts.intake().catalog());
    }

    @Override
    public Page page(PageRequest request) {
        DatabaseId database = request.database();
        parts.requireAllowed(request.viewer(), Action.VIEW_BACKUPS, database);
        HistoryPart history = HistoryPart.read(parts.catalog(), request);
        Glance glance = glances.of(database, history.rows());
        PageRows rows = new PageRows(glance, mayRestore(request.viewer(), database), moments(glance, request));
        return new Page(
                view(glance.database()),
                glance.at(),
                orders.report(glance.database(), glance.active(), mayBackUp(request.viewer(), database)),
                new Page.History(history.rows().stream().map(rows::of).toList(), history.next()),
                summaries.of(database, request.selection()),
                new Page.Automatic(glance.card(), glance.setting()),
                PointInTimeRecovery.NOT_AVAILABLE);
    }

    @Override
    public Protection protection(DatabaseId database) {
        return Statement.of(database, glances.of(database, List.of()));
    }

    private static Moments moments(Glance glance, PageRequest request) {
        return new Moments(glance.at(), request.locale());
    }

    private Permission mayBackUp(Actor viewer, DatabaseId database) {
        return parts.allows(viewer, Action.REQUEST_BACKUP, database) ? Permission.ALLOWED : Permission.DENIED;
    }

    /** What speaks against a restore by this viewer, whichever the backup, as the gate of a request would say it (spec F1). */
    private Report mayRestore(Actor viewer, DatabaseId database) {
        return parts.allows(viewer, Action.REQUEST_RESTORE, database)
                ? Report.empty()
                : new Report(List.of(Eligibility.notPermitted()));
    }

    private static DatabaseView view(DatabaseFacts facts) {
        if (facts instanceof DatabaseFacts.Live live) {
            return new DatabaseView.Live(
                    live.profile().name(),
                    live.profile().status(),
                    live.profile().region());
        }
        if (facts instanceof DatabaseFacts.Deleted deleted) {
            return new DatabaseView.Deleted(deleted.at());
        }
        return new DatabaseView.Unknown(((DatabaseFacts.Unknown) facts).reason());
    }
}
