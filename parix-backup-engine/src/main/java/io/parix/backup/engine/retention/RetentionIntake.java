package io.parix.backup.engine.retention;

import io.parix.backup.Actor;
import io.parix.backup.DatabaseId;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.OrganizationId;
import io.parix.backup.Retention;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionPreview;
import io.parix.backup.RetentionSetting;
import io.parix.backup.Role;
import io.parix.backup.core.retention.ChangePreview;
import io.parix.backup.core.retention.RetentionFacts;
import io.parix.backup.engine.row.ConflictRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The service behind {@link Retention}. */
public final class RetentionIntake implements Retention {
    private final RetentionParts parts;
    private final RetentionView view;
    private final RetentionSettings settings;

    /**
     * A service over the given parts.
     *
     * @param parts what it works with
     * @param view what becomes of each database's backups
     */
    public RetentionIntake(RetentionParts parts, RetentionView view) {
        this.parts = parts;
        this.view = view;
        this.settings = new RetentionSettings(parts.catalog());
    }

    @Override
    public RetentionSetting of(OrganizationId organization) {
        return settings.stored(organization).setting().inForceAt(now());
    }

    @Override
    public RetentionPreview preview(OrganizationId organization, RetentionPeriod period, Actor actor) {
        requireRole(organization, actor);
        RetentionSetting before = settings.stored(organization).setting();
        ChangePreview change = new ChangePreview(before, before.change(period, actor, now(), undoWindow()), now());
        List<RetentionPreview.Database> databases = parts.organizations().databases(organization).stream()
                .flatMap(database -> difference(change, database))
                .toList();
        return change.with(databases);
    }

    @Override
    public RetentionSetting change(OrganizationId organization, RetentionPeriod period, Actor actor) {
        return changed(organization, actor, before -> before.change(period, actor, now(), undoWindow()));
    }

    @Override
    public RetentionSetting useDefault(OrganizationId organization, Actor actor) {
        return changed(organization, actor, before -> before.useDefault(actor, now(), undoWindow()));
    }

    @Override
    public RetentionSetting undo(OrganizationId organization, Actor actor) {
        return changed(organization, actor, before -> before.undo(now()));
    }

    private RetentionSetting changed(OrganizationId organization, Actor actor, UnaryOperator<RetentionSetting> change) {
        requireRole(organization, actor);
        ConflictRetry retry = new ConflictRetry(parts.settings().retry().conflictTries());
        return settings.change(organization, retry, change).inForceAt(now());
    }

    private Stream<RetentionPreview.Database> difference(ChangePreview change, DatabaseId database) {
        RetentionFacts facts = view.facts(database);
        FreedBytes freed = new FreedBytes(parts.catalog());
        return change
                .of(database, facts, (gone, staying) -> freed.of(database, facts, new FreedBytes.Change(gone, staying)))
                .stream();
    }

    /** Only an owner or an admin decides how long backups are kept (spec H1). */
    private void requireRole(OrganizationId organization, Actor actor) {
        if (parts.organizations()
                .role(actor, organization)
                .filter(Role::decidesRetention)
                .isEmpty()) {
            throw new FailedException(
                    ErrorCode.NOT_PERMITTED,
                    "Actor " + actor + " may not decide how long organization " + organization
                            + " keeps its backups: its owners and admins do.");
        }
    }

    private Instant now() {
        return parts.catalog().now();
    }

    private Duration undoWindow() {
        return parts.settings().retention().undoWindow();
    }
}
