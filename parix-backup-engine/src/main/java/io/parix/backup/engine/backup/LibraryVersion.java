package io.parix.backup.engine.backup;

import java.util.Optional;

/** The version that a manifest is signed with. */
final class LibraryVersion {
    /** From the jar's own manifest; {@code development} where the classes do not come from a jar. */
    static final String CURRENT = Optional.ofNullable(
                    LibraryVersion.class.getPackage().getImplementationVersion())
            .orElse("development");

    private LibraryVersion() {}
}
