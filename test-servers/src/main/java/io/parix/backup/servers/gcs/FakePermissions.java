package io.parix.backup.servers.gcs;

import java.util.HashSet;
import java.util.Set;

/** Which permissions of IAM a request needs ("IAM permissions for JSON methods"). */
final class FakePermissions {
    private FakePermissions() {}

    static Set<String> of(FakeRequest request) {
        Set<String> permissions = new HashSet<>();
        if (!request.parameter("userProject").isEmpty()) {
            permissions.add("serviceusage.services.use");
        }
        switch (request.operation()) {
            case "objects.insert", "objects.insert resumable", "objects.insert piece" -> {
                permissions.add("storage.objects.create");
                // Where nothing keeps it from replacing an object.
                if (!request.parameter("ifGenerationMatch").equals("0")) {
                    permissions.add("storage.objects.delete");
                }
            }
            case "objects.get", "objects.get media" -> permissions.add("storage.objects.get");
            case "objects.list" -> permissions.add("storage.objects.list");
            case "objects.delete" -> permissions.add("storage.objects.delete");
            case "buckets.get" -> permissions.add("storage.buckets.get");
            default -> permissions.add("unknown");
        }
        return permissions;
    }
}
