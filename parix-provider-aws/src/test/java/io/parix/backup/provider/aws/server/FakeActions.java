package io.parix.backup.provider.aws.server;

import java.util.HashSet;
import java.util.Set;

/** Which actions of IAM a request needs, as the reference of each operation says under <em>Permissions</em>. */
final class FakeActions {
    private FakeActions() {}

    static Set<String> of(FakeRequest request, FakeBucket bucket) {
        Set<String> actions = new HashSet<>();
        switch (request.operation()) {
            case "PutObject" -> {
                actions.add("s3:PutObject");
                if (!request.header("x-amz-tagging").isEmpty()) {
                    actions.add("s3:PutObjectTagging");
                }
                if (request.header("x-amz-server-side-encryption").equals("aws:kms")) {
                    actions.add("kms:GenerateDataKey");
                }
            }
            case "GetObject", "HeadObject" -> {
                actions.add("s3:GetObject");
                boolean withKey = bucket.current(request.key())
                        .filter(found -> "aws:kms".equals(found.headers().get("x-amz-server-side-encryption")))
                        .isPresent();
                if (withKey) {
                    actions.add("kms:Decrypt");
                }
            }
            case "HeadBucket", "ListObjectsV2" -> actions.add("s3:ListBucket");
            case "ListObjectVersions" -> actions.add("s3:ListBucketVersions");
            case "GetObjectRetention" -> actions.add("s3:GetObjectRetention");
            case "GetObjectLegalHold" -> actions.add("s3:GetObjectLegalHold");
            default -> {
                // Of a deletion each key is asked about by itself.
            }
        }
        return actions;
    }
}
