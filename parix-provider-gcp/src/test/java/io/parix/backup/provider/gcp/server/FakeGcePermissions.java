package io.parix.backup.provider.gcp.server;

import java.util.HashSet;
import java.util.Set;

/** Which permissions of IAM a request needs ("Compute Engine IAM permissions", by method of the API). */
final class FakeGcePermissions {
    private FakeGcePermissions() {}

    static Set<String> of(GceRequest request) {
        Set<String> needed = new HashSet<>();
        switch (request.operation()) {
            case "snapshots.get" -> needed.add("compute.snapshots.get");
            case "snapshots.list" -> needed.add("compute.snapshots.list");
            case "snapshots.delete" -> needed.add("compute.snapshots.delete");
            case "snapshots.insert" -> {
                needed.addAll(Set.of("compute.snapshots.create", "compute.disks.createSnapshot"));
                if (!request.labels().isEmpty()) {
                    needed.add("compute.snapshots.setLabels");
                }
            }
            case "operations.list" -> needed.add(ofOperations(request.scope()));
            case "operations.aggregatedList" ->
                needed.addAll(Set.of(
                        "compute.globalOperations.list",
                        "compute.zoneOperations.list",
                        "compute.regionOperations.list"));
            case "disks.get", "regionDisks.get" -> needed.add("compute.disks.get");
            case "disks.aggregatedList" -> needed.add("compute.disks.list");
            case "disks.insert", "regionDisks.insert" -> {
                needed.addAll(Set.of("compute.disks.create", "compute.snapshots.useReadOnly"));
                if (!request.labels().isEmpty()) {
                    needed.add("compute.disks.setLabels");
                }
            }
            case "disks.delete", "regionDisks.delete" -> needed.add("compute.disks.delete");
            default -> needed.add("unknown");
        }
        return needed;
    }

    private static String ofOperations(String scope) {
        if (scope.startsWith("zones/")) {
            return "compute.zoneOperations.list";
        }
        return scope.startsWith("regions/") ? "compute.regionOperations.list" : "compute.globalOperations.list";
    }
}
