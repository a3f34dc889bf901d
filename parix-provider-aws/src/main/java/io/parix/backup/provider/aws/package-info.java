/**
 * Amazon S3, and EBS volumes beside it, as a storage provider.
 *
 * <p>Door: {@link io.parix.backup.provider.aws.AwsProvider}. An object is one object of a bucket, its key unchanged; writing is one
 * conditional request, deleting removes every version. Snapshots of volumes are claimed where a setting asks for them; only then is
 * the client of EC2 loaded, which is optional. What may not come in: retries
 * (the SDK's are off), a second HTTP client, credentials in settings, anything about backups.
 */
@NullMarked
package io.parix.backup.provider.aws;

import org.jspecify.annotations.NullMarked;
