package io.parix.backup.engine.row;

import io.parix.backup.Actor;
import io.parix.backup.PendingRetention;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.RetentionSource;
import io.parix.backup.spi.catalog.SettingRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How long an organization keeps its backups, between its row and what the api shows of it. */
public final class RetentionRow {
    private RetentionRow() {}

    /** Version 1. */
    record Payload(
            int version,
            RetentionPeriod period,
            RetentionSource source,
            @Nullable Pending pending) {}

    record Pending(
            RetentionPeriod period, RetentionSource source, Instant effectiveAt, Actor by, Instant requestedAt) {}

    /**
     * Writes a setting.
     *
     * @param setting the setting
     * @return its payload
     */
    public static String write(RetentionSetting setting) {
        Pending pending = setting.pendingChange()
                .map(p -> new Pending(p.period(), p.source(), p.effectiveAt(), p.by(), p.requestedAt()))
                .orElse(null);
        return PayloadJson.write(new Payload(Payloads.VERSION, setting.period(), setting.source(), pending));
    }

    /**
     * Reads a setting.
     *
     * @param row its row
     * @return the setting
     * @throws io.parix.backup.FailedException with {@link io.parix.backup.ErrorCode#FORMAT_UNKNOWN} when this release cannot
     *     read it
     */
    public static RetentionSetting read(SettingRecord row) {
        Payload payload = PayloadJson.read(row.payload(), Payload.class, row.name());
        Payloads.requireVersion(row.name(), payload.version());
        Pending pending = payload.pending();
        return new RetentionSetting(
                payload.period(),
                payload.source(),
                pending == null
                        ? null
                        : new PendingRetention(
                                pending.period(),
                                pending.source(),
                                pending.effectiveAt(),
                                pending.by(),
                                pending.requestedAt()));
    }
}
