package io.parix.backup.engine.wrong;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Right, and just beside the wrong ones: the JDK prescribes these names. */
public final class NotOurNames extends Handler {
    private final AtomicInteger seen = new AtomicInteger();

    @Override
    public void publish(LogRecord line) {
        seen.incrementAndGet();
    }

    @Override
    public String getEncoding() {
        return "UTF-8";
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        hide(true);
    }

    private void hide(boolean all) {
        seen.set(all ? 0 : 1);
    }
}
