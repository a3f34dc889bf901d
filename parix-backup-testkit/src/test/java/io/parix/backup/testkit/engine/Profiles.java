package io.parix.backup.testkit.engine;

import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseProfile;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.Shape;

/** Profiles that differ in one thing from another. */
final class Profiles {
    private Profiles() {}

    static DatabaseProfile withStatus(DatabaseProfile p, DatabaseStatus status) {
        return new DatabaseProfile(p.id(), p.name(), status, p.region(), p.provider(), p.shape(), p.workflows());
    }

    static DatabaseProfile named(DatabaseProfile p, DatabaseId id) {
        return new DatabaseProfile(id, p.name(), p.status(), p.region(), p.provider(), p.shape(), p.workflows());
    }

    static DatabaseProfile inRegion(DatabaseProfile p, String region) {
        return new DatabaseProfile(p.id(), p.name(), p.status(), region, p.provider(), p.shape(), p.workflows());
    }

    static DatabaseProfile servedBy(DatabaseProfile p, String provider) {
        return new DatabaseProfile(p.id(), p.name(), p.status(), p.region(), provider, p.shape(), p.workflows());
    }

    static DatabaseProfile inVersion(DatabaseProfile p, String version) {
        var s = p.shape();
        var shape = new Shape(
                s.nodeCount(),
                s.vcpu(),
                s.memory(),
                s.storageTier(),
                s.storageSize(),
                s.networkMode(),
                s.developmentMode(),
                version);
        return new DatabaseProfile(p.id(), p.name(), p.status(), p.region(), p.provider(), shape, p.workflows());
    }
}
