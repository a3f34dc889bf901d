package io.parix.backup.archive.manifest;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.Trigger;
import io.parix.backup.archive.json.RecordJson;
import io.parix.backup.host.ImageKind;
import io.parix.backup.spi.Checksums;
import java.time.Instant;
import java.util.HexFormat;

/** How the values of a manifest are written in JSON: names as text, sizes as numbers, enums by their codes. */
final class ManifestJson {
    private ManifestJson() {}

    static RecordJson upTo(int longest) {
        return RecordJson.upTo(longest)
                .text(DatabaseId.class, DatabaseId::value, DatabaseId::new)
                .text(BackupId.class, BackupId::value, BackupId::new)
                .text(Actor.class, Actor::id, Actor::new)
                .text(Instant.class, Instant::toString, Instant::parse)
                .coded(Trigger.class, Trigger::code)
                .coded(ImageKind.class, ImageKind::code)
                .coded(Check.Outcome.class, Check.Outcome::code)
                .stands(ByteSize.class, Long.class, ByteSize::bytes, ByteSize::new)
                .stands(Checksums.class, Sums.class, Sums::of, Sums::checksums)
                .withNulls()
                .indented()
                .build();
    }

    /** CRC-32C in hexadecimal, because a signed number would mislead. */
    private record Sums(String crc32c, String sha256) {
        static Sums of(Checksums sums) {
            return new Sums(HexFormat.of().toHexDigits(sums.crc32c()), sums.sha256());
        }

        Checksums checksums() {
            if (crc32c.length() != 8) {
                throw new IllegalArgumentException("a CRC-32C has 8 hexadecimal digits");
            }
            return new Checksums(HexFormat.fromHexDigits(crc32c), sha256);
        }
    }
}
