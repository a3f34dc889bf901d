package io.parix.backup.testkit.engine;

import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A worker's way to its restore host and the files staged there, on which it falls asleep once, just before or after a call. */
final class SleepyHost {
    private final String call;
    private final MortalCatalog.End moment;
    private final Runnable sleep;
    private boolean slept;

    SleepyHost(String call, MortalCatalog.End moment, Runnable sleep) {
        this.call = call;
        this.moment = moment;
        this.sleep = sleep;
    }

    boolean slept() {
        return slept;
    }

    RestoreHost over(RestoreHost host) {
        return wrapped(RestoreHost.class, host, "");
    }

    private <T> T wrapped(Class<T> type, T behind, String prefix) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            String name = prefix + method.getName();
            sleepAt(name, MortalCatalog.End.BEFORE_THE_WRITE);
            try {
                Object answer = method.invoke(behind, args);
                sleepAt(name, MortalCatalog.End.AFTER_THE_WRITE);
                return answer instanceof Staging staging
                        ? wrapped(Staging.class, staging, "staging.")
                        : answer instanceof StagedFile file ? wrapped(StagedFile.class, file, "file.") : answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    private void sleepAt(String name, MortalCatalog.End now) {
        if (!slept && name.equals(call) && now == moment) {
            slept = true;
            sleep.run();
        }
    }
}
