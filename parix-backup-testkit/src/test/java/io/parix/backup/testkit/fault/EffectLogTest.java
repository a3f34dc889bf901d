package io.parix.backup.testkit.fault;

import static io.parix.backup.testkit.fault.Effect.lostAnswer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.StoreFixture.BEGIN;
import static io.parix.backup.testkit.fault.StoreFixture.CALL;
import static io.parix.backup.testkit.fault.StoreFixture.MINUTE;
import static io.parix.backup.testkit.fault.Turns.nth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.parix.backup.DatabaseId;
import io.parix.backup.host.DatabaseDirectory;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.catalog.InMemoryCatalog;
import io.parix.backup.testkit.fault.EffectLog.Entry;
import io.parix.backup.testkit.host.InMemoryHost;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The log of every call. */
class EffectLogTest {
    private final StoreFixture place = new StoreFixture();

    private List<ObjectKey> keys(int count) {
        return IntStream.range(0, count).mapToObj(i -> new ObjectKey("k" + i)).toList();
    }

    @Test
    @DisplayName("I2 the log has every call in order, when it began, what it was about and how it ended")
    void entries() {
        Fault denied = fail("putIfAbsent", nth(2)).with(refused(ErrorKind.DENIED, "no"));
        place.faults.add(denied);
        place.faults.add(strike("putIfAbsent", nth(3)).with(lostAnswer()));
        place.put("a");
        place.clock.advance(MINUTE);
        assertThatThrownBy(() -> place.put("b")).hasMessage("no");
        assertThatThrownBy(() -> place.put("c")).isNotNull();
        assertThatThrownBy(() -> place.get("d")).isNotNull();

        EffectLog log = place.faults.log();

        assertThat(log.entries())
                .extracting(
                        Entry::number,
                        Entry::at,
                        Entry::line,
                        entry -> entry.outcome().toString())
                .containsExactly(
                        tuple(1L, BEGIN, "putIfAbsent a", "answered"),
                        tuple(2L, BEGIN.plus(MINUTE), "putIfAbsent b", "refused denied"),
                        tuple(3L, BEGIN.plus(MINUTE), "putIfAbsent c", "lost"),
                        tuple(4L, BEGIN.plus(MINUTE), "get d", "refused not-found"));
        assertThat(log.struck().entries()).extracting(Entry::number).containsExactly(2L, 3L);
        assertThat(log.entries().get(1).faults()).containsExactly(denied.toString());
        assertThat(denied).hasToString("putIfAbsent, call 2: fails: denied");
        assertThat(log.after(3).lines()).containsExactly("get d");
    }

    @Test
    @DisplayName("I2 effects are what changes something, looks are left out; ports can be told apart")
    void effects() {
        place.put("a");
        var unused = place.store.stat(new ObjectKey("a"), CALL);
        var gone = place.store.delete(place.right.keys(), CALL);
        Catalog catalog = place.faults.before(Catalog.class, new InMemoryCatalog(place.clock));
        catalog.delivered("e1");
        assertThat(catalog.find("b1")).isEmpty();

        assertThat(gone).hasSize(1);
        EffectLog log = place.faults.log();
        assertThat(log.effects().lines()).containsExactly("putIfAbsent a", "delete a", "delivered e1");
        assertThat(log.on(Catalog.class).lines()).containsExactly("delivered e1", "find b1");
        assertThat(log.on(ObjectStore.class, Catalog.class).entries()).hasSize(5);
    }

    @Test
    @DisplayName("I2 a call that has not ended is in the log; an answer of several kinds says which it was")
    void underWay() {
        InMemoryHost host = new InMemoryHost(place.clock);
        DatabaseDirectory directory = place.faults.before(DatabaseDirectory.class, host);
        EffectLog[] meanwhile = new EffectLog[1];
        place.faults.add(strike("look").with(Effect.after("looks", () -> meanwhile[0] = place.faults.log())));

        assertThat(directory.look(new DatabaseId("db-1"))).isInstanceOf(DatabaseFacts.Unknown.class);

        assertThat(meanwhile[0].entries()).extracting(Entry::outcome).containsExactly(Outcome.UNDER_WAY);
        assertThat(place.faults.log().entries())
                .extracting(entry -> entry.outcome().toString())
                .containsExactly("answered Unknown");
    }

    @Test
    @DisplayName("I2 the log keeps the last 10,000 effects whatever was looked at since; the count goes on")
    void bounded() {
        for (int i = 0; i < EffectLog.LIMIT; i++) {
            place.put("k" + i);
        }
        assertThat(place.faults.log().dropped()).isZero();
        place.put("last");
        for (int i = 0; i <= EffectLog.LIMIT; i++) {
            assertThat(place.store.stat(new ObjectKey("last"), CALL)).isPresent();
        }

        EffectLog log = place.faults.log();

        assertThat(log.dropped()).isEqualTo(2);
        assertThat(log.effects().entries()).hasSize(EffectLog.LIMIT);
        assertThat(log.effects().lines().get(EffectLog.LIMIT - 1)).isEqualTo("putIfAbsent last");
        assertThat(log.entries()).hasSize(2 * EffectLog.LIMIT);
        assertThat(place.faults.calls("ObjectStore.*")).isEqualTo(2 * EffectLog.LIMIT + 2);
    }

    @Test
    @DisplayName("I2 a log prints its last calls, one a line, and how many were before")
    void prints() {
        for (ObjectKey key : keys(63)) {
            place.put(key.value());
        }
        place.faults.add(fail("ObjectStore.delete").with(refused(ErrorKind.UNAVAILABLE, "503")));
        assertThatThrownBy(() -> place.store.delete(keys(5), CALL)).hasMessage("503");

        assertThat(place.faults.log().toString().lines())
                .hasSize(62)
                .startsWith("64 calls:", "… 4 before", "5 2026-11-23T09:00:00Z ObjectStore.putIfAbsent k4 -> answered")
                .endsWith("64 2026-11-23T09:00:00Z ObjectStore.delete k0, k1, k2 and 2 more -> refused unavailable"
                        + " (ObjectStore.delete, every call: fails: unavailable)");
        assertThat(place.faults.log().after(63).toString()).startsWith("1 calls:\n64 ");
    }

    @Test
    @DisplayName("I2 without a log faults strike as with one, and whoever asks for the log or for counts is refused")
    void unlogged() {
        Faults faults = Faults.unlogged(place.clock, place.clock::advance);
        ObjectStore store = faults.before(ObjectStore.class, place.right);
        faults.add(fail("putIfAbsent", nth(2)).with(refused(ErrorKind.DENIED, "no")));
        faults.add(strike("ObjectStore.delete").with(Effect.landLate(MINUTE)));
        ObjectContent content = ObjectContent.of(StoreFixture.bytes());

        var unused = store.putIfAbsent(new ObjectKey("a"), content, CALL);
        assertThatThrownBy(() -> store.putIfAbsent(new ObjectKey("b"), content, CALL))
                .hasMessage("no");
        assertThatThrownBy(() -> store.delete(List.of(new ObjectKey("a")), CALL))
                .isNotNull();
        assertThat(place.keys()).containsExactly("a");
        place.clock.advance(MINUTE);
        faults.settle();
        assertThat(place.keys()).isEmpty();

        assertThatThrownBy(faults::log)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without a log");
        assertThatThrownBy(() -> faults.calls("putIfAbsent"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without a log");
    }
}
