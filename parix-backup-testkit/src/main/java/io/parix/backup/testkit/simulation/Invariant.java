package io.parix.backup.testkit.simulation;

/** What holds after every event of a run, or once all is quiet at its end, whatever went wrong. */
public enum Invariant {
    /** An engine throws nothing but what it documents (spec I1). */
    THROWS_WHAT_IT_DOCUMENTS("I1", "an engine throws nothing but what it documents"),
    /** Nothing that a kept backup needs is ever deleted (spec H4). */
    NEEDED_IS_KEPT("H4", "nothing that a kept backup needs is ever deleted"),
    /** At most one workflow is active per database (spec A3). */
    ONE_WORKFLOW("A3", "at most one workflow is active per database"),
    /** Every claim has a higher fence (spec B7). */
    FENCES_RISE("B7", "every claim has a higher fence"),
    /** A claim stands until it has lapsed by the catalog's clock (spec B7). */
    CLAIMS_STAND("B7", "a claim stands until it has lapsed by the catalog's clock"),
    /** Only the newest claim writes (spec B7). */
    NEWEST_CLAIM_WRITES("B7", "only the newest claim writes"),
    /** A scheduled run happens once (spec G4). */
    RUNS_ONCE("G4", "a scheduled run happens once"),
    /** A schedule runs at its time on the wall of its zone, every day (spec G2). */
    RUNS_BY_THE_WALL_CLOCK("G2", "a schedule runs at its time on the wall of its zone, every day"),
    /** A run that is awaited stays where it is until it is due (spec G3). */
    MOVES_WHEN_DUE("G3", "a run that is awaited stays where it is until it is due"),
    /** A run that did not start is on record with its reasons (spec G5). */
    SKIPS_ARE_SAID("G5", "a run that did not start is on record with its reasons"),
    /** Setting, changing or resuming a schedule starts nothing (spec G6). */
    CHANGES_START_NOTHING("G6", "setting, changing or resuming a schedule starts nothing"),
    /** A job moves as its states allow (spec B1). */
    MOVES_ARE_LEGAL("B1", "a job moves as its states allow"),
    /** A job never says that more is done than it says there is to do, and its attempts go forward (spec B2). */
    PROGRESS_IS_TOLD(
            "B2", "a job never says that more is done than it says there is to do, and its attempts go forward"),
    /** A failed job says why (spec B3). */
    FAILURES_SAY_WHY("B3", "a failed job says why"),
    /** A backup is cancelled where its user is told so, and else is not (spec B5). */
    CANCELS_AS_ANSWERED("B5", "a backup is cancelled where its user is told so, and else is not"),
    /** What an attempt makes was announced before (spec B6). */
    INTENT_FIRST("B6", "what an attempt makes was announced before"),
    /** A backup or restore that waits says for what (spec B8). */
    WAITS_SAY_FOR_WHAT("B8", "a backup or restore that waits says for what"),
    /** A backup of a database on volumes has a snapshot of each of which it does not say that it failed (spec C1). */
    HAS_ITS_SNAPSHOTS(
            "C1", "a backup of a database on volumes has a snapshot of each of which it does not say that it failed"),
    /** What a backup says of its database and its files is so (spec C2). */
    SAYS_WHAT_IT_IS_OF("C2", "what a backup says of its database and its files is so"),
    /** Nothing of a backup is put after its manifest (spec C3). */
    MANIFEST_LAST("C3", "nothing of a backup is put after its manifest"),
    /** A completed backup holds, byte for byte, what its images held (spec C4). */
    HOLDS_ITS_IMAGES("C4", "a completed backup holds, byte for byte, what its images held"),
    /** What a backup claims to hold is in it (spec C6). */
    CLAIMS_WHAT_IT_HOLDS("C6", "what a backup claims to hold is in it"),
    /** A completed backup can be restored (spec C8). */
    CAN_BE_RESTORED("C8", "a completed backup can be restored"),
    /** A backup of which every byte was read back was there (spec C10). */
    VERIFIED_IS_THERE("C10", "a backup of which every byte was read back was there"),
    /** What is known again from storage alone is on hold (spec C11). */
    REBUILT_IS_HELD("C11", "what is known again from storage alone is on hold"),
    /** No backup rests on a segment of an earlier one that is too old for that (spec C12). */
    RESTS_ON_YOUNG_SEGMENTS("C12", "no backup rests on a segment of an earlier one that is too old for that"),
    /** No backup is removed before its time (spec H1). */
    NOT_BEFORE_ITS_TIME("H1", "no backup is removed before its time"),
    /** A backup stays until its time has come though its database is deleted (spec H2). */
    OUTLIVES_ITS_DATABASE("H2", "a backup stays until its time has come though its database is deleted"),
    /** A clean-up keeps no backup and no restore waiting (spec H5). */
    SWEEPS_BLOCK_NOTHING("H5", "a clean-up keeps no backup and no restore waiting"),
    /** No clean-up goes on past a manifest that cannot be read (spec H11). */
    STOPS_AT_WHAT_IT_CANNOT_READ("H11", "no clean-up goes on past a manifest that cannot be read"),
    /** A preview tells what the period would do (spec H9). */
    PREVIEWS_AS_IT_WILL_BE("H9", "a preview tells what the period would do"),
    /** A shorter period does not hold at once (spec H9). */
    SHORTENS_LATER("H9", "a shorter period does not hold at once"),
    /** The last backup of a database that exists is kept (spec H7). */
    LAST_IS_KEPT("H7", "the last backup of a database that exists is kept"),
    /** What is held is kept (spec H6). */
    HELD_IS_KEPT("H6", "what is held is kept"),
    /** What a restore reads is kept until it ends (spec F6). */
    USED_IS_KEPT("F6", "what a restore reads is kept until it ends"),
    /** What is kept stays in the history until it goes (spec H3). */
    KEPT_IS_KNOWN("H3", "what is kept stays in the history until it goes"),
    /** A restore puts back what was backed up, whole or not at all (spec F4). */
    RESTORED_WHOLE("F4", "a restore puts back what was backed up, whole or not at all"),
    /** A restore that goes back leaves what was there (spec F5). */
    UNDONE_WHOLE("F5", "a restore that goes back leaves what was there"),
    /** What is offered and restored fits what its database is (spec E12). */
    FITS_ITS_DATABASE("E12", "what is offered and restored fits what its database is"),
    /** No restore is begun that was not confirmed by the exact name (spec F1). */
    CONFIRMED_BY_NAME("F1", "no restore is begun that was not confirmed by the exact name"),
    /** Files are replaced while their database is out of service (spec F3). */
    REPLACED_OUT_OF_SERVICE("F3", "files are replaced while their database is out of service"),
    /** The old replicas are stopped before a restored file takes their place (spec F7). */
    FENCED_FIRST("F7", "the old replicas are stopped before a restored file takes their place"),
    /** Every run ends (spec B4). */
    RUN_ENDS("B4", "every run ends"),
    /** What was asked for is done, once, whoever dies on the way (spec B4). */
    ENDS_AS_ASKED("B4", "what was asked for is done, once, whoever dies on the way"),
    /** Every job ends (spec B4). */
    JOBS_END("B4", "every job ends"),
    /** Nobody works on what has ended (spec B7). */
    ENDED_IS_FREE("B7", "nobody works on what has ended"),
    /** A database that is not with an operator serves in the end (spec F5). */
    SERVES_IN_THE_END("F5", "a database that is not with an operator serves in the end"),
    /** A schedule goes on (spec G2). */
    SCHEDULES_GO_ON("G2", "a schedule goes on"),
    /** Every slot is given back (spec A3). */
    SLOTS_ARE_GIVEN_BACK("A3", "every slot is given back"),
    /** Every image is released (spec B3). */
    IMAGES_ARE_RELEASED("B3", "every image is released"),
    /** Every end is told (spec J1). */
    ENDS_ARE_TOLD("J1", "every end is told"),
    /** What is kept stays what it was (spec C9). */
    KEPT_STAYS("C9", "what is kept stays what it was"),
    /** What is kept can be restored (spec H4). */
    KEPT_CAN_BE_RESTORED("H4", "what is kept can be restored"),
    /** What goes is gone in the end (spec H3). */
    GOES_IN_THE_END("H3", "what goes is gone in the end"),
    /** Nothing is left that no backup needs (spec B3). */
    NOTHING_UNOWNED("B3", "nothing is left that no backup needs"),
    /** No snapshot is left that no backup owns (spec H3). */
    NO_SNAPSHOT_UNOWNED("H3", "no snapshot is left that no backup owns"),
    /** No volume is left that was made of a snapshot (spec B3). */
    NO_VOLUME_LEFT("B3", "no volume is left that was made of a snapshot");

    private final String rule;
    private final String words;

    Invariant(String rule, String words) {
        this.rule = rule;
        this.words = words;
    }

    /** {@return the rule of the specification that it is part of} */
    public String rule() {
        return rule;
    }

    /** {@return what holds, for a person} */
    public String words() {
        return words;
    }
}
