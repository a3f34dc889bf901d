package io.parix.backup.testkit.contract;

import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import java.io.IOException;

/** Hands every call on to a staging place that is right. */
class WrongStaging implements Staging {
    private final Staging right;

    WrongStaging(Staging right) {
        this.right = right;
    }

    @Override
    public long freeSpace() throws IOException {
        return right.freeSpace();
    }

    @Override
    public StagedFile open(int replica) throws IOException {
        return right.open(replica);
    }

    @Override
    public void close() throws IOException {
        right.close();
    }
}
