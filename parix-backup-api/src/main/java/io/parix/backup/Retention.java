package io.parix.backup;

/**
 * How long an organization's backups are kept (spec H). Safe for concurrent calls.
 *
 * <p>A setting applies to existing backups as well as to new ones (spec H1). Only what the host's access policy allows is done: an
 * organization's owner or admin may change its setting, a member may not.
 */
public interface Retention {
    /**
     * Looks an organization's setting up.
     *
     * @param organization whose
     * @return the setting as it holds now, with the change that waits, if one does; {@link RetentionSetting#DEFAULT} when the
     *     organization never decided
     */
    RetentionSetting of(OrganizationId organization);

    /**
     * Tells what {@link #change} to this period would do: which backups, and how many bytes (spec H9). Changes nothing.
     *
     * @param organization whose
     * @param period the period that would be asked for
     * @param actor who asks
     * @return the difference that it would make
     * @throws FailedException with {@link ErrorCode#NOT_PERMITTED} when the actor may not change the setting
     */
    RetentionPreview preview(OrganizationId organization, RetentionPeriod period, Actor actor);

    /**
     * Asks for another period. A longer one than is in force holds at once. A shorter one waits for the undo window and can be
     * taken back until then (spec H9); it takes the place of a change that was pending, and its window starts anew. The one that is in
     * force cancels a pending change.
     *
     * @param organization whose
     * @param period the period wanted
     * @param actor who asks
     * @return the setting from now on
     * @throws FailedException with {@link ErrorCode#NOT_PERMITTED} when the actor may not change the setting, a member for
     *     example (spec H1), or {@link ErrorCode#CATALOG_CONFLICT} when others kept changing it meanwhile
     */
    RetentionSetting change(OrganizationId organization, RetentionPeriod period, Actor actor);

    /**
     * Asks for the default instead of a period of the organization's own, by the rules of {@link #change}.
     *
     * @param organization whose
     * @param actor who asks
     * @return the setting from now on
     * @throws FailedException as {@link #change}
     */
    RetentionSetting useDefault(OrganizationId organization, Actor actor);

    /**
     * Takes the pending change back.
     *
     * @param organization whose
     * @param actor who asks
     * @return the setting from now on: what is in force, with nothing pending
     * @throws FailedException with {@link ErrorCode#NOTHING_TO_UNDO} when nothing is pending or what was is in force by now,
     *     {@link ErrorCode#NOT_PERMITTED}, or {@link ErrorCode#CATALOG_CONFLICT} when others kept changing it meanwhile
     */
    RetentionSetting undo(OrganizationId organization, Actor actor);
}
