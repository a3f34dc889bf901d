package io.parix.backup.servers;

import java.io.IOException;
import java.util.Arrays;

/** Runs another program in this process, and ends it when the process that started it has ended, however that was. */
public final class EndsWithParent {
    private EndsWithParent() {}

    /**
     * Runs it.
     *
     * @param args the class whose {@code main} is run, and its arguments
     * @throws ReflectiveOperationException when there is none
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        Thread watch = new Thread(EndsWithParent::awaitEnd, "parent-watch");
        watch.setDaemon(true);
        watch.start();
        Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    /** The other end of the standard input is the parent's, and nothing is ever written to it. */
    private static void awaitEnd() {
        try {
            System.in.readAllBytes();
        } catch (IOException e) {
            // As good as an end.
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }
}
