package io.parix.backup.archive.wrong;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Wrong: the archive works on the executor that it is given. */
public final class StartsAThread {
    public Thread thread(Runnable work) {
        return new Thread(work);
    }

    public ExecutorService pool() {
        return Executors.newCachedThreadPool();
    }
}
