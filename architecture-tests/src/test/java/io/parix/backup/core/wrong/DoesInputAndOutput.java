package io.parix.backup.core.wrong;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Wrong: core does no I/O. */
public final class DoesInputAndOutput {
    public long size(Path file) throws IOException {
        return Files.size(file);
    }
}
