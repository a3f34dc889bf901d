package io.parix.backup.engine.page;

import io.parix.backup.engine.intake.IntakeParts;
import io.parix.backup.engine.retention.RetentionView;
import io.parix.backup.engine.schedule.ScheduleIntake;

/**
 * What pages are read from.
 *
 * @param intake what the other services work with
 * @param view what becomes of a database's backups
 * @param schedules the cards
 */
public record PageParts(IntakeParts intake, RetentionView view, ScheduleIntake schedules) {}
