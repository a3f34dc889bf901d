package io.parix.backup.testkit.fault;

import static io.parix.backup.testkit.fault.Effect.breakStream;
import static io.parix.backup.testkit.fault.Effect.corrupt;
import static io.parix.backup.testkit.fault.Effect.delay;
import static io.parix.backup.testkit.fault.Effect.delayAnswer;
import static io.parix.backup.testkit.fault.Effect.flip;
import static io.parix.backup.testkit.fault.Effect.hang;
import static io.parix.backup.testkit.fault.Effect.keep;
import static io.parix.backup.testkit.fault.Effect.landLate;
import static io.parix.backup.testkit.fault.Effect.lostAnswer;
import static io.parix.backup.testkit.fault.Effect.tear;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.locked;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.throttled;
import static io.parix.backup.testkit.fault.StoreFixture.BEGIN;
import static io.parix.backup.testkit.fault.StoreFixture.CALL;
import static io.parix.backup.testkit.fault.StoreFixture.MINUTE;
import static io.parix.backup.testkit.fault.Turns.first;
import static io.parix.backup.testkit.fault.Turns.nth;
import static io.parix.backup.testkit.fault.Turns.onwards;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Each fault of a store, and the call beside it that it does not strike. */
class StoreFaultTest {
    private final StoreFixture place = new StoreFixture();

    private static ProviderException refusal(ErrorKind kind, ThrowingCallable call) {
        ProviderException[] refusal = new ProviderException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(ProviderException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            refusal[0] = e;
        });
        return refusal[0];
    }

    @Test
    @DisplayName("I2 a refused call is not done, and the calls before and after it are")
    void refuses() {
        place.faults.add(fail("putIfAbsent", nth(3)).with(throttled(MINUTE)));
        place.put("a");
        place.put("b");

        assertThat(refusal(ErrorKind.THROTTLED, () -> place.put("c")).retryAfter())
                .contains(MINUTE);

        assertThat(place.keys()).containsExactly("a", "b");
        place.put("d");
        assertThat(place.keys()).containsExactly("a", "b", "d");
    }

    @Test
    @DisplayName("I2 a fault strikes the calls that it is narrowed to, and counts those only")
    void narrowed() {
        place.faults.add(fail("putIfAbsent", nth(2))
                .with(refused(ErrorKind.DENIED, "no"))
                .under("db-1/")
                .ending(".seg"));
        place.put("db-1/1.idx");
        place.put("db-1/1.seg");
        place.put("db-10/2.seg");
        place.put("db-1/2.idx");

        refusal(ErrorKind.DENIED, () -> place.put("db-1/2.seg"));
        place.put("db-1/3.seg");
    }

    @Test
    @DisplayName("I2 a fault strikes several spans of calls, and those from one on for good")
    void turns() {
        place.faults.add(fail("putIfAbsent", nth(1), onwards(3)).with(refused(ErrorKind.QUOTA, "full")));
        refusal(ErrorKind.QUOTA, () -> place.put("a"));
        place.put("b");
        refusal(ErrorKind.QUOTA, () -> place.put("c"));
        refusal(ErrorKind.QUOTA, () -> place.put("d"));
    }

    @Test
    @DisplayName("I2 a fault may be narrowed by any property of a call")
    void narrowedByAnything() {
        place.faults.add(fail("putIfAbsent")
                .with(refused(ErrorKind.QUOTA, "too large"))
                .when(
                        "of more than four bytes",
                        call -> call.argument(ObjectContent.class).length() > 4));
        refusal(ErrorKind.QUOTA, () -> place.put("a"));
        var unused = place.store.putIfAbsent(new ObjectKey("b"), ObjectContent.of(new byte[4]), CALL);
        assertThat(place.keys()).containsExactly("b");
    }

    @Test
    @DisplayName("I2 a call whose answer is lost is done")
    void losesTheAnswer() {
        place.faults.add(strike("putIfAbsent", first(1)).with(lostAnswer()));
        refusal(ErrorKind.OUTCOME_UNKNOWN, () -> place.put("a"));
        place.put("b");
        assertThat(place.keys()).containsExactly("a", "b");
    }

    @Test
    @DisplayName(
            "I2 a call that lands late is done when its time has come, not before, and also for a caller that has gone")
    void landsLate() {
        place.faults.add(strike("putIfAbsent", first(1)).with(landLate(MINUTE)));
        AtomicBoolean gone = new AtomicBoolean();
        CallContext call = new CallContext(MINUTE, gone::get, "test", CallContext.Purpose.DATA);
        refusal(
                ErrorKind.OUTCOME_UNKNOWN,
                () -> place.store.putIfAbsent(new ObjectKey("a"), ObjectContent.of(new byte[1]), call));
        gone.set(true);
        place.clock.advance(MINUTE.minusNanos(1));
        place.put("b");
        assertThat(place.keys()).containsExactly("b");

        place.clock.advance(MINUTE);
        place.faults.settle();

        assertThat(place.keys()).containsExactly("a", "b");
        assertThat(place.faults.log().effects().lines())
                .containsExactly("putIfAbsent a", "putIfAbsent b", "putIfAbsent a");
        assertThat(place.faults.calls("putIfAbsent")).isEqualTo(2);
    }

    @Test
    @DisplayName("I2 what lands late and is refused then is told to nobody but the log")
    void landsInVain() {
        place.faults.add(strike("putIfAbsent", first(1)).with(landLate(MINUTE)));
        refusal(ErrorKind.OUTCOME_UNKNOWN, () -> place.put("a"));
        place.put("a");
        place.clock.advance(MINUTE);

        place.put("b");

        assertThat(place.faults.log().entries())
                .extracting(entry -> entry.line() + " " + entry.outcome())
                .containsExactly(
                        "putIfAbsent a lost",
                        "putIfAbsent a answered",
                        "putIfAbsent a refused already-exists",
                        "putIfAbsent b answered");
    }

    @Test
    @DisplayName("I2 a delay passes before or after a call is done; other calls take no time")
    void delays() {
        place.put("a");
        assertThat(place.passed()).isZero();
        place.faults.add(strike("putIfAbsent", nth(1)).with(delay(MINUTE)));
        place.faults.add(strike("putIfAbsent", nth(2)).with(delayAnswer(MINUTE)));

        StoredObject before = place.store.putIfAbsent(new ObjectKey("b"), ObjectContent.of(new byte[1]), CALL);
        assertThat(before.createdAt()).isEqualTo(BEGIN.plus(MINUTE));
        StoredObject after = place.store.putIfAbsent(new ObjectKey("c"), ObjectContent.of(new byte[1]), CALL);
        assertThat(after.createdAt()).isEqualTo(BEGIN.plus(MINUTE));

        assertThat(place.passed()).isEqualTo(MINUTE.multipliedBy(2));
    }

    @Test
    @DisplayName("I2 a call that hangs ends at its deadline, undone; one that was cancelled before does not wait")
    void hangs() {
        place.faults.add(strike("putIfAbsent", first(2)).with(hang()));
        refusal(ErrorKind.CANCELLED, () -> place.put("a"));
        assertThat(place.passed()).isEqualTo(MINUTE);
        assertThat(place.keys()).isEmpty();

        CallContext cancelled = new CallContext(MINUTE, () -> true, "test", CallContext.Purpose.DATA);
        refusal(
                ErrorKind.CANCELLED,
                () -> place.store.putIfAbsent(new ObjectKey("b"), ObjectContent.of(new byte[1]), cancelled));
        assertThat(place.passed()).isEqualTo(MINUTE);
        place.put("c");
        assertThat(place.keys()).containsExactly("c");
    }

    @Test
    @DisplayName("I2 a stream breaks after so many bytes; one that is not longer is whole")
    void breaks() throws IOException {
        place.put("a");
        place.faults.add(strike("get", nth(1)).with(breakStream(4)));
        try (InputStream in = place.store.get(new ObjectKey("a"), null, CALL)) {
            assertThat(in.readNBytes(4)).containsExactly(1, 2, 3, 4);
            assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
        assertThat(place.get("a")).isEqualTo(StoreFixture.bytes());
    }

    @Test
    @DisplayName("I2 a bit flips on the way from a store: what lies there is right, and so is the next reading")
    void flipsOnTheWayBack() throws IOException {
        place.put("a");
        place.faults.add(strike("get", nth(1)).with(flip()));
        assertThat(place.get("a")).containsExactly(1, 2, 2, 4, 5);
        assertThat(place.get("a")).isEqualTo(StoreFixture.bytes());
    }

    @Test
    @DisplayName("I2 a bit flips on the way to a store, which notices: it is not what was promised")
    void flipsOnTheWayThere() {
        place.faults.add(strike("putIfAbsent", nth(1)).with(flip()));
        refusal(ErrorKind.CORRUPT, () -> place.put("a"));
        assertThat(place.keys()).isEmpty();
        place.put("a");
    }

    @Test
    @DisplayName("I2 what is stored is corrupt although the store answers as if it were right; the next object is")
    void corrupts() throws IOException {
        place.faults.add(strike("putIfAbsent", nth(1)).with(corrupt(Damage.truncate(2))));
        ObjectContent content = ObjectContent.of(StoreFixture.bytes());
        StoredObject stored = place.store.putIfAbsent(new ObjectKey("a"), content, CALL);
        assertThat(stored.length()).isEqualTo(5);
        assertThat(stored.checksums()).isEqualTo(content.checksums());
        assertThat(place.stored("a")).containsExactly(1, 2, 3);
        place.put("b");
        assertThat(place.stored("b")).isEqualTo(StoreFixture.bytes());
    }

    @Test
    @DisplayName("I2 a torn object lies there short, and its writer does not know; the next one is whole")
    void tears() throws IOException {
        place.faults.add(strike("putIfAbsent", nth(1)).with(tear(2)));
        refusal(ErrorKind.OUTCOME_UNKNOWN, () -> place.put("a"));
        assertThat(place.stored("a")).containsExactly(1, 2);
        place.put("b");
        assertThat(place.stored("b")).isEqualTo(StoreFixture.bytes());
    }

    @Test
    @DisplayName("I2 a torn object that lands late is not there when its writer is told that it failed")
    void tearsLate() throws IOException {
        place.faults.add(strike("putIfAbsent", nth(1)).with(landLate(MINUTE)));
        place.faults.add(strike("putIfAbsent", nth(1)).with(tear(2)));
        refusal(ErrorKind.OUTCOME_UNKNOWN, () -> place.put("a"));
        assertThat(place.keys()).isEmpty();
        place.clock.advance(MINUTE);
        place.faults.settle();
        assertThat(place.stored("a")).containsExactly(1, 2);
    }

    @Test
    @DisplayName("I2 a partial delete keeps those that the fault strikes, counted one by one, and deletes the others")
    void deletesInPart() {
        for (String each : List.of("1.idx", "1.seg", "2.seg", "3.seg")) {
            place.put(each);
        }
        place.faults.add(strike("ObjectStore.delete", first(2))
                .with(keep(locked(BEGIN.plus(MINUTE))))
                .ending(".seg"));

        List<ObjectKey> all = place.right.keys();
        Map<ObjectKey, DeleteOutcome> outcomes = place.store.delete(all, CALL);

        assertThat(List.copyOf(outcomes.keySet())).isEqualTo(all);
        assertThat(outcomes.values())
                .containsExactly(
                        new DeleteOutcome.Deleted(),
                        new DeleteOutcome.Locked(BEGIN.plus(MINUTE)),
                        new DeleteOutcome.Locked(BEGIN.plus(MINUTE)),
                        new DeleteOutcome.Deleted());
        assertThat(place.keys()).containsExactly("1.seg", "2.seg");
        assertThat(place.store.delete(place.right.keys(), CALL).values()).containsOnly(new DeleteOutcome.Deleted());
    }

    @Test
    @DisplayName("I2 of a partial delete the place says why it keeps an object; one that keeps all asks nobody")
    void keepsAll() {
        place.put("a");
        place.faults.add(strike("ObjectStore.delete").with(keep(refused(ErrorKind.UNAVAILABLE, "503"))));
        assertThat(place.store.delete(place.right.keys(), CALL).values())
                .containsExactly(new DeleteOutcome.Failed(ErrorKind.UNAVAILABLE, "503"));
        assertThat(place.keys()).containsExactly("a");
    }

    @Test
    @DisplayName("I2 what one fault has kept from a call the next one does not strike")
    void strikesWhatIsLeft() {
        List.of("a", "b", "c").forEach(place::put);
        List<List<String>> struck = new ArrayList<>();
        place.faults.add(strike("ObjectStore.delete").with(keep(locked(BEGIN))).under("b"));
        place.faults.add(strike("ObjectStore.delete").with(Effect.of("notes", call -> {
            struck.add(call.struck());
            return call.proceed();
        })));

        var unused = place.store.delete(place.right.keys(), CALL);

        assertThat(struck).containsExactly(List.of("a", "c"));
        assertThat(place.keys()).containsExactly("b");
    }

    @Test
    @DisplayName("I2 of faults that strike one call the first one is around the others; all of them count it")
    void aroundEachOther() {
        place.faults.add(strike("putIfAbsent", nth(1)).with(delay(MINUTE)));
        place.faults.add(fail("putIfAbsent", first(2)).with(refused(ErrorKind.DENIED, "first")));
        place.faults.add(strike("putIfAbsent", nth(2)).with(delay(MINUTE)));

        assertThat(refusal(ErrorKind.DENIED, () -> place.put("a"))).hasMessage("first");
        assertThat(place.passed()).isEqualTo(MINUTE);
        refusal(ErrorKind.DENIED, () -> place.put("b"));
        assertThat(place.passed()).as("the refusal is around the second delay").isEqualTo(MINUTE);
        place.put("c");
    }

    @Test
    @DisplayName("I2 faults that were cleared strike nothing; a fault counts from when it was added")
    void clears() {
        Fault fault = fail("putIfAbsent", nth(2)).with(refused(ErrorKind.DENIED, "no"));
        place.faults.add(fault);
        place.put("a");
        place.faults.clear();
        place.put("b");
        place.faults.add(fault);
        place.put("c");
        refusal(ErrorKind.DENIED, () -> place.put("d"));
        assertThat(place.faults.calls("putIfAbsent")).isEqualTo(4);
    }
}
