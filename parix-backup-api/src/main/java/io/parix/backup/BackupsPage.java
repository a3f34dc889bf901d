package io.parix.backup;

/**
 * What a dashboard shows of a database's backups (spec D), and how protected the database is (spec J2). Safe for concurrent calls.
 *
 * <p>Reading only, from the catalog and the host's ports: no storage provider is called (spec D3). A database that was deleted, or that
 * the host cannot tell of, has a page as well (spec H2). Either call may throw {@link FailedException} with
 * {@link ErrorCode#FORMAT_UNKNOWN} when what it reads was written by a newer release.
 */
public interface BackupsPage {
    /**
     * Reads one page. What it costs does not depend on how many rows it has.
     *
     * @param request of which database, for whom, and which part of its history
     * @return the page as it is now
     * @throws InvalidRequestException when the cursor is not one of this database and range; begin with the first page then
     * @throws FailedException with {@link ErrorCode#NOT_PERMITTED} when the viewer may not see the database's backups
     */
    Page page(PageRequest request);

    /**
     * Tells how protected a database is. Who may see the answer is for the host to decide.
     *
     * @param database the database, which need not exist any more
     * @return its newest restorable backup, its next run, and what breaks the promise or would
     */
    Protection protection(DatabaseId database);
}
