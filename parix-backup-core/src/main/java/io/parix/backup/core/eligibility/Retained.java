package io.parix.backup.core.eligibility;

/** Where a backup stands with its clean-up (spec E14). */
public enum Retained {
    /** Not due, or kept past its age by a hold or as the last restorable one (spec H6, H7). */
    KEPT,
    /** Past its age with nothing that keeps it; clean-up may begin at any moment. */
    DUE,
    /** Being cleaned up; there is no way back. */
    EXPIRING
}
