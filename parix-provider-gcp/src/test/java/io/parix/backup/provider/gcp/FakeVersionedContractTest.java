package io.parix.backup.provider.gcp;

import io.parix.backup.servers.gcs.FakeBucket;

/** The same in a bucket that keeps versions: a deleted key is gone, and free. */
class FakeVersionedContractTest extends FakeStoreContractTest {
    @Override
    void prepare(FakeBucket bucket) {
        bucket.keepVersions();
    }
}
