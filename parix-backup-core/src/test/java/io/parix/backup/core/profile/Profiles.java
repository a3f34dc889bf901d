package io.parix.backup.core.profile;

import io.parix.backup.ByteSize;
import io.parix.backup.CapturedProfile;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;
import io.parix.backup.Workflow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sample profiles that differ in exactly one thing. */
public final class Profiles {
    private static final Shape SHAPE =
            new Shape(3, 4, ByteSize.gibibytes(16), "ssd", ByteSize.gibibytes(500), "private", false, "0.17.8");

    /** An active database without workflows. */
    public static final DatabaseProfile LEDGER = new DatabaseProfile(
            new DatabaseId("db-1"), "Ledger Ä", DatabaseStatus.ACTIVE, "eu-west-1", "aws", SHAPE, List.of());

    private Profiles() {}

    /** {@return the sample with another status} */
    public static DatabaseProfile in(DatabaseStatus status) {
        return new DatabaseProfile(
                LEDGER.id(), LEDGER.name(), status, LEDGER.region(), LEDGER.provider(), LEDGER.shape(), List.of());
    }

    /** {@return the sample with workflows of its host} */
    public static DatabaseProfile with(Workflow... workflows) {
        return new DatabaseProfile(
                LEDGER.id(),
                LEDGER.name(),
                LEDGER.status(),
                LEDGER.region(),
                LEDGER.provider(),
                LEDGER.shape(),
                List.of(workflows));
    }

    /** {@return the sample in which only this value is another} */
    public static DatabaseProfile withOther(ProfileValue value) {
        return new DatabaseProfile(
                LEDGER.id(),
                LEDGER.name(),
                LEDGER.status(),
                value == ProfileValue.REGION ? "eu-west-2" : LEDGER.region(),
                value == ProfileValue.PROVIDER ? "gcp" : LEDGER.provider(),
                shapeWithOther(value),
                List.of());
    }

    private static Shape shapeWithOther(ProfileValue value) {
        return new Shape(
                value == ProfileValue.NODE_COUNT ? 6 : SHAPE.nodeCount(),
                value == ProfileValue.VCPU ? 8 : SHAPE.vcpu(),
                value == ProfileValue.MEMORY ? oneByteMore(SHAPE.memory()) : SHAPE.memory(),
                value == ProfileValue.STORAGE_TIER ? "hdd" : SHAPE.storageTier(),
                value == ProfileValue.STORAGE_SIZE ? oneByteMore(SHAPE.storageSize()) : SHAPE.storageSize(),
                value == ProfileValue.NETWORK_MODE ? "public" : SHAPE.networkMode(),
                value == ProfileValue.DEVELOPMENT_MODE ^ SHAPE.developmentMode(),
                value == ProfileValue.TIGERBEETLE_VERSION ? "0.17.80" : SHAPE.tigerBeetleVersion());
    }

    private static ByteSize oneByteMore(ByteSize size) {
        return new ByteSize(size.bytes() + 1);
    }

    /** {@return the sample as captured, but for this value} */
    public static CapturedProfile capturedWithout(ProfileValue value) {
        CapturedProfile all = CapturedProfile.of(LEDGER);
        return new CapturedProfile(
                unless(value == ProfileValue.REGION, all.region()),
                unless(value == ProfileValue.PROVIDER, all.provider()),
                unless(value == ProfileValue.NODE_COUNT, all.nodeCount()),
                unless(value == ProfileValue.VCPU, all.vcpu()),
                unless(value == ProfileValue.MEMORY, all.memory()),
                unless(value == ProfileValue.STORAGE_TIER, all.storageTier()),
                unless(value == ProfileValue.STORAGE_SIZE, all.storageSize()),
                unless(value == ProfileValue.NETWORK_MODE, all.networkMode()),
                unless(value == ProfileValue.DEVELOPMENT_MODE, all.developmentMode()),
                unless(value == ProfileValue.TIGERBEETLE_VERSION, all.tigerBeetleVersion()));
    }

    private static <T> @Nullable T unless(boolean missing, @Nullable T value) {
        return missing ? null : value;
    }
}
