package io.parix.backup.examples.parts;

import io.parix.backup.BackupException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How an example ends: with an exit code, and in one line where it could not be done. */
public final class Ending {
    /** What was to be shown held. */
    public static final int HELD = 0;

    /** A comparison did not hold. */
    public static final int DIFFERS = 1;

    /** It could not be done; one line says why. */
    public static final int REFUSED = 2;

    /** A fault of the program. */
    public static final int FAULT = 3;

    private Ending() {}

    /**
     * Runs a program to its end.
     *
     * @param say prints a line
     * @param program answers with its exit code
     * @return the exit code
     */
    public static int of(Consumer<String> say, Callable<Integer> program) {
        try {
            return program.call();
        } catch (Refused e) {
            return refused(say, e.getMessage());
        } catch (BackupException e) {
            return refused(say, e.code() + ": " + e.getMessage());
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            return refused(say, "file-unusable: " + e.getFile() + ": " + reason);
        } catch (IOException e) {
            return refused(say, "file-unusable: " + e.getMessage());
        } catch (Exception e) {
            refused(say, "internal: a fault of this program: " + e);
            return FAULT;
        }
    }

    /**
     * Says in one line why it cannot be done.
     *
     * @param say prints a line
     * @param line the line, whose breaks are taken out
     * @return {@link #REFUSED}
     */
    public static int refused(Consumer<String> say, @Nullable String line) {
        say.accept(String.valueOf(line).replaceAll("\\s*\\R\\s*", " "));
        return REFUSED;
    }
}
