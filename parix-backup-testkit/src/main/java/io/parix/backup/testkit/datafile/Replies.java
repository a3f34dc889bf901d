package io.parix.backup.testkit.datafile;

import io.parix.backup.archive.datafile.HeaderFormat;
import java.util.Arrays;

/** The last reply to the one client of a synthetic cluster: its header is in the sessions, all of it in slot 0. */
final class Replies {
    private static final int RECORDS = 8;

    private Replies() {}

    static byte[] message(Recipe recipe, long seed) {
        byte[] reply = new byte[HeaderFormat.SIZE + RECORDS * Records.SIZE];
        recipe.header(reply, HeaderFormat.COMMAND_REPLY, reply.length);
        Records.fill(reply, HeaderFormat.SIZE, RECORDS, seed, 0);
        HeaderFormat.seal(reply, 0, reply.length);
        return reply;
    }

    static byte[] header(Recipe recipe, long seed) {
        return Arrays.copyOf(message(recipe, seed), HeaderFormat.SIZE);
    }
}
