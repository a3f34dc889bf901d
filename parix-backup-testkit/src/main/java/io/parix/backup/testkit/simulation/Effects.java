package io.parix.backup.testkit.simulation;

import java.util.Set;

/** The calls by which an engine changes anything outside of itself; before and after each of them its process may end. */
final class Effects {
    private static final Set<String> NAMES = Set.of(
            "catalog.claim",
            "catalog.write",
            "catalog.insert",
            "catalog.remove",
            "catalog.adopt",
            "catalog.heartbeat",
            "catalog.delivered",
            "store.putIfAbsent",
            "store.delete",
            "snapshots.request",
            "snapshots.delete",
            "snapshots.materialize",
            "snapshots.deleteVolume",
            "images.capture",
            "images.release",
            "host.move",
            "host.stage",
            "host.fenceOld",
            "host.swap",
            "host.start",
            "host.confirm",
            "host.open",
            "host.release",
            "host.fenceRestored",
            "host.swapBack",
            "host.moveBack",
            "staging.open",
            "staging.close",
            "file.setLength",
            "file.write",
            "file.force",
            "file.close",
            "dispatcher.wake");

    private Effects() {}

    static boolean isOne(Call call) {
        return NAMES.contains(call.name());
    }
}
