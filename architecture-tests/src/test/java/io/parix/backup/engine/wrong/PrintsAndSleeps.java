package io.parix.backup.engine.wrong;

/** Wrong: the console is the host's, and waiting holds no thread. */
public final class PrintsAndSleeps {
    public void talk(RuntimeException problem) {
        System.out.println("started");
        System.err.println("failed");
        problem.printStackTrace();
    }

    public void rest() throws InterruptedException {
        Thread.sleep(1);
    }
}
