package io.parix.backup.provider.gcp;

import java.io.IOException;
import java.io.InterruptedIOException;

/**
 * A thread for one piece of work about access tokens, which may be given up. Requests find it by the thread that they run on: Google's
 * library keeps the transport of the first provider for the whole process, and a fetch of another one must be ended as well.
 */
final class TokenThread extends Thread {
    private static final String GIVEN_UP = "nobody waits for the access token any more";

    private Runnable end = () -> {};
    private boolean givenUp;

    TokenThread(Runnable work) {
        super(work, "parix-gcp-tokens");
        setDaemon(true);
    }

    /**
     * Says how what is about to be done on this thread is ended by another one. On a thread of another kind nobody does.
     *
     * @param end how; called at once where the work was given up before
     */
    static void isEndedBy(Runnable end) {
        if (currentThread() instanceof TokenThread mine) {
            mine.endBy(end);
        }
    }

    /** {@return whether somebody still waits for what is done on this thread} */
    static boolean isWanted() {
        return !(currentThread() instanceof TokenThread mine && mine.isGivenUp());
    }

    /** {@return why a request is not made, or not made again, once its work was given up} */
    static IOException givenUp() {
        return new InterruptedIOException(GIVEN_UP);
    }

    /** {@return whether work failed because it, or some other work that it waited for, was given up} */
    static boolean isOfGivenUp(Throwable e) {
        return GcpErrors.find(e, InterruptedIOException.class)
                .filter(found -> GIVEN_UP.equals(found.getMessage()))
                .isPresent();
    }

    private synchronized void endBy(Runnable how) {
        end = how;
        if (givenUp) {
            how.run();
        }
    }

    synchronized boolean isGivenUp() {
        return givenUp;
    }

    /** Ends the work as soon as that can be done. */
    synchronized void giveUp() {
        givenUp = true;
        try {
            end.run();
        } finally {
            interrupt();
        }
    }
}
