package io.parix.backup.core.eligibility;

/** Where a backup stands with its clean-up (spec E14). */
public enum Retained {
    /** Not due, or kept by a hold, a use or as the last restorable one (spec F6, H6, H7). */
    KEPT,
    /** Past its age or to be deleted, with nothing that keeps it; clean-up may begin at any moment. */
    DUE,
    /** Being cleaned up; there is no way back. */
    EXPIRING
}
