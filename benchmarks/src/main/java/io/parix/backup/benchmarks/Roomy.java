package io.parix.backup.benchmarks;

import io.parix.backup.host.RestoreHost;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * A staging place that claims room for anything. A restore asks for room for a file's whole length, holes and all, and the file of
 * 1 TB that is measured here takes 2 GB of a disk that need not hold 1 TB.
 */
record Roomy(Staging staging) implements Staging {
    /** A host whose staging places are such ones, and which is {@code host} in all else. */
    static RestoreHost of(RestoreHost host) {
        Object proxy = Proxy.newProxyInstance(
                Roomy.class.getClassLoader(), new Class<?>[] {RestoreHost.class}, (self, method, arguments) -> {
                    try {
                        Object answer = method.invoke(host, arguments);
                        return answer instanceof Staging staging ? new Roomy(staging) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return (RestoreHost) proxy;
    }

    @Override
    public long freeSpace() {
        return Long.MAX_VALUE;
    }

    @Override
    public StagedFile open(int replica) throws IOException {
        return staging.open(replica);
    }

    @Override
    public void close() throws IOException {
        staging.close();
    }
}
