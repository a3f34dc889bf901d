package io.parix.backup.core.retention;

import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.RetentionPeriod;
import io.parix.backup.RetentionSetting;
import io.parix.backup.core.retention.RetentionCandidate.Pin;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.host.DatabaseFacts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Facts drawn by a seed, close to whole days of one another, so that boundaries are met often. */
final class RandomFacts {
    private static final int DAYS = 12;

    private final Random random;

    RandomFacts(Random random) {
        this.random = random;
    }

    RetentionFacts facts() {
        List<RetentionCandidate> rows = new ArrayList<>();
        int count = random.nextInt(9);
        for (int i = 0; i < count; i++) {
            rows.add(row("b" + i).candidate());
        }
        return new RetentionFacts(rows, database(), random.nextInt(6) == 0 ? Floor.OFF : Floor.KEEPS_LAST);
    }

    private Row row(String id) {
        Stage stage = seldom() ? pick(Stage.values()) : Stage.COMPLETED;
        Row row = new Row(id).ended(stage, stage == Stage.RUNNING ? null : instant());
        if (stage == Stage.COMPLETED && random.nextBoolean()) {
            row.covering(Row.NOON.minus(random.nextInt(3), ChronoUnit.MICROS));
        }
        row.verification = seldom() ? Row.DAMAGED : random.nextBoolean() ? Row.SOUND : null;
        if (seldom()) {
            row.held(pick(Hold.Reason.values()));
        } else if (stage == Stage.COMPLETED && seldom()) {
            row.deleted();
        }
        if (seldom()) {
            row.pinned(pick(Pin.values()));
        }
        return row.of(seldom() ? Ownership.FOREIGN : Ownership.OWN)
                .at(seldom() ? Place.NOT_REGISTERED : Place.REGISTERED);
    }

    DatabaseFacts database() {
        return List.of(Row.LIVE, Row.LIVE, Row.UNKNOWN, Row.DELETED).get(random.nextInt(4));
    }

    /** A day of the first twelve, to the microsecond or one beside it. */
    Instant instant() {
        return Row.days(random.nextInt(DAYS)).plus(random.nextInt(3) - 1, ChronoUnit.MICROS);
    }

    /** As {@link #instant}, of the first twenty-four days. */
    Instant now() {
        return instant().plus(random.nextInt(DAYS), ChronoUnit.DAYS);
    }

    RetentionPeriod period() {
        return random.nextInt(8) == 0 ? RetentionPeriod.never() : RetentionPeriod.days(1 + random.nextInt(DAYS));
    }

    RetentionSetting setting() {
        RetentionPeriod period = period();
        int longest = period instanceof RetentionPeriod.Days some ? some.days() : DAYS;
        return random.nextBoolean() || longest == 1
                ? Row.setting(period)
                : Row.shortened(period, 1 + random.nextInt(longest - 1), instant());
    }

    /** Any element, or {@code otherwise} where there is none. */
    RetentionCandidate any(RetentionFacts facts, RetentionCandidate otherwise) {
        List<RetentionCandidate> rows = facts.backups();
        return rows.isEmpty() ? otherwise : rows.get(random.nextInt(rows.size()));
    }

    private boolean seldom() {
        return random.nextInt(7) == 0;
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
