package io.parix.backup.provider.aws;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

/** The same on an EC2 whose descriptions are behind, both with what was made and with what was deleted, and come in short pages. */
class AwsLateDescriptionsContractTest extends AwsVolumeSnapshotsContractTest {
    @BeforeEach
    void beLate() {
        volumes.server.ebs().lag(Duration.ofSeconds(90));
        volumes.server.ebs().knowWhatIsFresh();
        volumes.server.ebs().lingering(Duration.ofSeconds(90));
        volumes.server.page(100);
    }

    /** Enough for several pages. */
    @Override
    public int many() {
        return 250;
    }
}
