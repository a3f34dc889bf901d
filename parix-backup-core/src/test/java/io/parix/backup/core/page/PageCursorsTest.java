package io.parix.backup.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.PageCursor;
import io.parix.backup.PageRequest;
import io.parix.backup.core.page.PageCursors.Place;
import io.parix.backup.core.page.PageCursors.Scope;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCursorsTest {
    private static final DatabaseId DATABASE = new DatabaseId("db-1");
    private static final Scope ALL = new Scope(DATABASE, PageRequest.Range.ALWAYS);
    private static final Instant AT = Instant.parse("2026-11-23T09:00:00.123456Z");

    @Test
    @DisplayName("D2 what is written is read again, for any place, and stays short")
    void roundTrip() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Instant at = Instant.ofEpochSecond(
                    random.nextLong(-60_000_000_000L, 250_000_000_000L), random.nextInt(1_000_000) * 1_000L);
            Place place = new Place(at, new BackupId("b" + "x".repeat(random.nextInt(64))));
            PageCursor cursor = PageCursors.write(ALL, place);
            assertThat(PageCursors.read(ALL, cursor)).isEqualTo(place);
            assertThat(cursor.text()).hasSizeLessThanOrEqualTo(300);
        }
    }

    @Test
    @DisplayName("D2 the text of version 1 is what it was")
    void golden() {
        PageCursor cursor = PageCursors.write(ALL, new Place(AT, new BackupId("b-1")));

        assertThat(cursor.text()).isEqualTo("MSAxNzk1NDI0NDAwIDEyMzQ1NjAwMCBiLTEgZTRlZjdiZGYwZDc3ODNlOQ");
    }

    @Test
    @DisplayName("D2 a bound of the range is part of the cursor, to the nanosecond, and where it is missing")
    void scopes() {
        PageCursor cursor = PageCursors.write(range(AT, null), new Place(AT, new BackupId("b-1")));
        assertThat(PageCursors.read(range(AT, null), cursor).backup()).isEqualTo(new BackupId("b-1"));
        for (Scope other : new Scope[] {ALL, range(AT.plusNanos(1), null), range(AT, AT), range(null, AT)}) {
            assertThatThrownBy(() -> PageCursors.read(other, cursor)).isInstanceOf(InvalidRequestException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+1000000000-12-31T23:59:59.999999Z",
                "-1000000000-01-01T00:00:00Z",
                "0000-12-31T23:59:59.999999Z",
                "9999-12-31T00:00:00.000001Z",
                "2026-11-23T09:00:00.000000001Z"
            })
    @DisplayName("D2 a cursor that was made up, of a place that no catalog can have, is refused")
    void madeUp(Instant at) {
        PageCursor cursor = PageCursors.write(ALL, new Place(at, new BackupId("b-1")));

        assertThatThrownBy(() -> PageCursors.read(ALL, cursor))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("it names no place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z"})
    @DisplayName("D2 the first and the last place that a catalog can have are read")
    void outermost(Instant at) {
        Place place = new Place(at, new BackupId("b-1"));

        assertThat(PageCursors.read(ALL, PageCursors.write(ALL, place))).isEqualTo(place);
    }

    private static Scope range(@Nullable Instant from, @Nullable Instant to) {
        return new Scope(DATABASE, new PageRequest.Range(from, to));
    }
}
