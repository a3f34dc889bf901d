package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.engine.EngineFixture.ACTOR;
import static io.parix.backup.testkit.engine.PageFixture.ids;
import static io.parix.backup.testkit.engine.PageFixture.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.Backup;
import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.Page;
import io.parix.backup.PageCursor;
import io.parix.backup.PageRequest;
import io.parix.backup.engine.settings.EngineSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Paging, and requests that are refused. */
class PageCursorTest {
    private final PageFixture fixture = new PageFixture(EngineSettings.builder());
    private final EngineFixture engine = fixture.engine;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    @DisplayName("D2 the pages of a history hold each backup once, in order, and the last one has no cursor")
    void pages() {
        Backup real = engine.backup();
        List<BackupId> all = new ArrayList<>(List.of(real.id()));
        for (int i = 0; i < 9; i++) {
            // Four at each instant, so that the id decides.
            all.add(fixture.copy(real, "c" + i, real.requestedAt().plusSeconds(i / 4 + 1)));
        }

        for (int size : List.of(1, 2, 3, 5, 9, 10, 11, 500)) {
            List<BackupId> seen = new ArrayList<>();
            int pages = walk(size, seen, () -> {});
            assertThat(seen).as("by %s", size).isEqualTo(ids(fixture.page()));
            assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
            assertThat(pages).isEqualTo((all.size() + size - 1) / size);
        }
    }

    @Test
    @DisplayName("D2 while backups come and go between pages, each one that stays is seen exactly once")
    void changesBetweenPages() {
        for (long seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            try (PageFixture other = new PageFixture(EngineSettings.builder())) {
                requireEachOnce(other, random, seed);
            }
        }
    }

    private static void requireEachOnce(PageFixture fixture, Random random, long seed) {
        Backup real = fixture.engine.backup();
        Instant begin = real.requestedAt();
        List<BackupId> there = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            there.add(fixture.copy(real, "c" + i, begin.plusSeconds(random.nextInt(10))));
        }
        Set<BackupId> stay = new HashSet<>(there);
        stay.add(real.id());
        List<BackupId> seen = new ArrayList<>();
        int[] made = {0};
        walk(fixture, request().rows(3), seen, () -> {
            BackupId gone = there.remove(random.nextInt(there.size()));
            stay.remove(gone);
            fixture.remove(gone);
            BackupId unused = fixture.copy(real, "n" + made[0]++, begin.plusSeconds(random.nextInt(15)));
        });
        assertThat(seen).as("seed %s", seed).containsAll(stay).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("D2 a cursor whose own row is gone goes on behind it")
    void rowOfTheCursorIsGone() {
        Backup real = engine.backup();
        BackupId middle = fixture.copy(real, "m", real.requestedAt().plusSeconds(1));
        BackupId newest = fixture.copy(real, "n", real.requestedAt().plusSeconds(2));
        Page first = fixture.page(request().rows(2));
        assertThat(ids(first)).containsExactly(newest, middle);

        fixture.remove(middle);

        assertThat(ids(fixture.page(request().rows(2).after(first.next().orElseThrow()))))
                .containsExactly(real.id());
    }

    @Test
    @DisplayName("D2 a cursor is short, and refused when it was changed anywhere, or is of another database or range")
    void foreignCursors() {
        Backup real = engine.backup();
        BackupId unused = fixture.copy(real, "x".repeat(64), real.requestedAt().plusSeconds(1));
        PageRequest ranged = request().rows(1).within(real.requestedAt(), null);
        PageCursor cursor = fixture.page(ranged).next().orElseThrow();
        assertThat(cursor.text()).hasSizeLessThanOrEqualTo(300);
        assertThat(ids(fixture.page(ranged.after(cursor)))).containsExactly(real.id());
        assertThat(ids(fixture.page(ranged.rows(7).after(cursor)))).containsExactly(real.id());

        requireRefused(() -> fixture.page(request().after(cursor)));
        requireRefused(() -> fixture.page(
                ranged.within(real.requestedAt().plusNanos(1_000), null).after(cursor)));
        requireRefused(
                () -> fixture.page(ranged.within(null, real.requestedAt()).after(cursor)));
        requireRefused(() -> fixture.page(PageRequest.of(new DatabaseId("db-2"), ACTOR)
                .within(real.requestedAt(), null)
                .after(cursor)));
        for (int i = 0; i < cursor.text().length(); i++) {
            PageCursor changed = new PageCursor(changed(cursor.text(), i));
            requireRefused(() -> fixture.page(ranged.after(changed)));
        }
        PageCursor cut = new PageCursor(cursor.text().substring(1));
        requireRefused(() -> fixture.page(ranged.after(cut)));
    }

    @Test
    @DisplayName("D2 a cursor of another version, or of nothing, is refused by type")
    void otherVersion() {
        for (String text : List.of(
                "2 0 0 b 0123456789abcdef",
                "1 999999999999999999 0 b 0123456789abcdef",
                "1 0 0 ..b 0123456789abcdef",
                "1 0 0 b",
                "")) {
            String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
            requireRefused(() -> fixture.page(request().after(new PageCursor(encoded))));
        }
        requireRefused(() -> fixture.page(request().after(new PageCursor("A"))));
    }

    @Test
    @DisplayName(
            "D2 sizes, ranges, cursors and selections out of bounds are refused by type; those at the bound are not")
    void badInput() {
        for (int size : List.of(0, -1, 501, 1_000_000_000, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
            requireRefused(() -> request().rows(size));
        }
        assertThat(request().rows(1).part().size()).isEqualTo(1);
        assertThat(fixture.page(request().rows(500)).rows()).isEmpty();
        assertThat(request().part().size()).isEqualTo(50);
        Instant now = engine.clock.instant();
        requireRefused(() -> request().within(now, now.minusNanos(1)));
        requireRefused(() -> request().within(Instant.MAX, Instant.MIN));
        assertThat(fixture.page(request().within(now, now)).rows()).isEmpty();
        for (String text : List.of("", "x".repeat(301), "a b", "ä", "a\u0000", "a=", "../..")) {
            requireRefused(() -> new PageCursor(text));
        }
        requireRefused(() -> request().selecting(some(501)));
        assertThat(fixture.page(request().selecting(some(500))).summary().leftOut())
                .hasSize(500);
    }

    private static Set<BackupId> some(int count) {
        Set<BackupId> all = new HashSet<>();
        for (int i = 0; i < count; i++) {
            all.add(new BackupId("b" + i));
        }
        return all;
    }

    private int walk(int size, List<BackupId> seen, Runnable between) {
        return walk(fixture, request().rows(size), seen, between);
    }

    /** Reads page after page; between two of them something happens. */
    private static int walk(PageFixture fixture, PageRequest request, List<BackupId> seen, Runnable between) {
        int pages = 0;
        Optional<PageCursor> next = Optional.empty();
        do {
            Page page = fixture.page(next.map(request::after).orElse(request));
            seen.addAll(ids(page));
            next = page.next();
            pages++;
            between.run();
        } while (next.isPresent());
        return pages;
    }

    private static String changed(String text, int at) {
        char other = text.charAt(at) == 'A' ? 'B' : 'A';
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static void requireRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(InvalidRequestException.class);
    }
}
