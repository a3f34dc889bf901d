package io.parix.backup.engine.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Hold;
import io.parix.backup.OrganizationId;
import io.parix.backup.Ownership;
import io.parix.backup.ReplicaSnapshot;
import io.parix.backup.RestoreId;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSource;
import io.parix.backup.Trigger;
import io.parix.backup.VerificationLevel;
import io.parix.backup.archive.json.RecordJson;
import io.parix.backup.core.job.ManifestBytes;
import io.parix.backup.core.job.RestoreStep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Base64;

/** Payloads as JSON: sorted keys, stable codes instead of constants' names, nothing unknown accepted. */
final class PayloadJson {
    /** Well above what a row holds: a manifest of 1 MiB in base64, and some reports. */
    private static final int LONGEST = 16 << 20;

    private static final RecordJson JSON = json();

    private static final PayloadMemo MEMO = new PayloadMemo();

    private PayloadJson() {}

    static String write(Record payload) {
        return new String(JSON.write(payload), UTF_8);
    }

    static <T extends Record> T read(String json, Class<T> type, String whose) {
        return MEMO.get(json, type, () -> parse(json, type, whose));
    }

    private static <T extends Record> T parse(String json, Class<T> type, String whose) {
        try {
            return JSON.read(json.getBytes(UTF_8), type);
        } catch (IOException e) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read the payload of " + whose + ": " + e.getMessage()
                            + ". It was written by another release; upgrade before touching it.",
                    e);
        }
    }

    private static RecordJson json() {
        return RecordJson.upTo(LONGEST)
                .text(DatabaseId.class, DatabaseId::value, DatabaseId::new)
                .text(OrganizationId.class, OrganizationId::value, OrganizationId::new)
                .text(BackupId.class, BackupId::value, BackupId::new)
                .text(RestoreId.class, RestoreId::value, RestoreId::new)
                .text(Actor.class, Actor::id, Actor::new)
                .text(DatabaseStatus.class, DatabaseStatus::code, DatabaseStatus::new)
                .text(Instant.class, Instant::toString, Instant::parse)
                .text(Duration.class, Duration::toString, Duration::parse)
                .text(LocalDate.class, LocalDate::toString, LocalDate::parse)
                .text(LocalTime.class, LocalTime::toString, LocalTime::parse)
                .text(ZoneId.class, ZoneId::getId, ZoneId::of)
                .text(ByteSize.class, size -> Long.toString(size.bytes()), text -> new ByteSize(Long.parseLong(text)))
                .text(ManifestBytes.class, PayloadJson::base64, PayloadJson::manifest)
                .text(RetentionPeriod.class, RetentionPeriod::code, RetentionPeriod::parse)
                .coded(RetentionSource.class, RetentionSource::code)
                .coded(Trigger.class, Trigger::code)
                .coded(Check.Outcome.class, Check.Outcome::code)
                .coded(ErrorCode.class, ErrorCode::code)
                .coded(Ownership.class, Ownership::code)
                .coded(Hold.Reason.class, Hold.Reason::code)
                .coded(VerificationLevel.class, VerificationLevel::code)
                .coded(ReplicaSnapshot.State.class, ReplicaSnapshot.State::code)
                .coded(RestoreStep.class, RestoreStep::code)
                .build();
    }

    private static String base64(ManifestBytes manifest) {
        return Base64.getEncoder().encodeToString(manifest.bytes());
    }

    private static ManifestBytes manifest(String base64) {
        return new ManifestBytes(Base64.getDecoder().decode(base64));
    }
}
