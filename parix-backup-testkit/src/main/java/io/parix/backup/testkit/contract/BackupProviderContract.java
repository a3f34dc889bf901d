package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.Samples.CALL;
import static io.parix.backup.testkit.contract.Samples.attempt;
import static io.parix.backup.testkit.contract.Samples.bytes;
import static io.parix.backup.testkit.contract.Samples.content;
import static io.parix.backup.testkit.contract.Samples.key;
import static io.parix.backup.testkit.contract.Samples.put;
import static io.parix.backup.testkit.contract.Samples.race;
import static io.parix.backup.testkit.contract.Samples.read;
import static io.parix.backup.testkit.contract.Samples.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link BackupProvider} must do, requirements SPI-01 and up of {@code docs/provider-spi.md}. */
public interface BackupProviderContract {
    /**
     * Makes a provider.
     *
     * @return the provider; what it opens is seen by each one that this method makes during one test
     * @throws Exception when it cannot be made
     */
    BackupProvider provider() throws Exception;

    /**
     * Names a place.
     *
     * @return the location of a place that exists and is empty; the same one at each call during one test
     * @throws Exception when there is none
     */
    StorageLocation location() throws Exception;

    /** {@return settings that must each be given, for example {@code bucket}; leaving one out is a mistake} */
    Set<String> requiredSettings();

    /** {@return whether {@link ServiceLoader} must find the provider; false where it can only be handed in} */
    default boolean discovered() {
        return true;
    }

    /**
     * Locks an object of the place against deletion, for longer than a test takes.
     *
     * @param key an object that is there
     * @return what its deletion is to answer; empty where none could be put on, as in a place that claims no
     *     {@linkplain Capabilities#objectLock() object locks}
     * @throws Exception when it should have been possible and was not
     */
    default Optional<DeleteOutcome.Locked> lock(ObjectKey key) throws Exception {
        return Optional.empty();
    }

    @Test
    @DisplayName("SPI-01 the provider is found by its stable, lower-case id, for an SPI version that the engine knows")
    default void isFound() throws Exception {
        BackupProvider provider = provider();
        assertThat(provider.id())
                .matches("[a-z][a-z0-9-]{0,62}")
                .isEqualTo(provider().id());
        assertThat(provider.spiVersion()).isBetween(1, BackupProvider.SPI_VERSION);
        List<String> found = ServiceLoader.load(
                        BackupProvider.class, provider.getClass().getClassLoader())
                .stream()
                .filter(p -> p.type().equals(provider.getClass()))
                .map(p -> p.get().id())
                .toList();
        assertThat(found).isEqualTo(discovered() ? List.of(provider.id()) : List.of());
    }

    @Test
    @DisplayName("SPI-02 settings that are right are accepted by the check and by opening")
    default void acceptsRightSettings() throws Exception {
        BackupProvider provider = provider();
        assertThat(provider.check(location())).isEmpty();
        provider.open(location()).close();
    }

    @Test
    @DisplayName("SPI-03 all mistakes are told at once, by the setting's name, and opening tells the same")
    default void tellsAllMistakes() throws Exception {
        BackupProvider provider = provider();
        Map<String, String> settings = new HashMap<>(location().settings());
        settings.keySet().removeAll(requiredSettings());
        settings.put("no-such-setting", "1");
        settings.put("nor-this-one", "2");
        Set<String> wrong = new TreeSet<>(requiredSettings());
        wrong.addAll(List.of("no-such-setting", "nor-this-one"));
        StorageLocation location = new StorageLocation(provider.id(), settings, KeyPrefix.ROOT);
        List<ConfigurationMistake> mistakes = provider.check(location);
        assertThat(mistakes.stream().map(ConfigurationMistake::key)).containsExactlyInAnyOrderElementsOf(wrong);
        assertThat(mistakes).allSatisfy(m -> assertThat(m.problem()).isNotBlank());
        ProviderException refusal = refused(() -> provider.open(location), ErrorKind.INVALID_REQUEST);
        wrong.forEach(key -> assertThat(refusal).hasMessageContaining(key));
    }

    @Test
    @DisplayName("SPI-04 what a wrong setting holds is never told: it may be a secret in the wrong place")
    default void keepsSecrets() throws Exception {
        BackupProvider provider = provider();
        Map<String, String> settings = new HashMap<>(location().settings());
        settings.put("secret-access-key", "hunter2-hunter2");
        StorageLocation location = new StorageLocation(provider.id(), settings, KeyPrefix.ROOT);
        assertThat(provider.check(location).toString())
                .doesNotContain("hunter2")
                .contains("secret-access-key");
        ProviderException refusal = refused(() -> provider.open(location), ErrorKind.INVALID_REQUEST);
        for (Throwable t = refusal; t != null; t = t.getCause()) {
            assertThat(String.valueOf(t)).doesNotContain("hunter2");
        }
    }

    @Test
    @DisplayName("SPI-05 capabilities stay as they are, and snapshots are there exactly where they are claimed")
    default void claimsWhatItHas() throws Exception {
        try (ProviderSession session = provider().open(location())) {
            Capabilities first = session.capabilities();
            assertThat(session.capabilities()).isEqualTo(first);
            assertThat(session.snapshots().isPresent())
                    .isEqualTo(first.volumeSnapshots().supported());
            assertThat(first.largestWrite().bytes()).isGreaterThanOrEqualTo(32 << 20);
        }
    }

    @Test
    @DisplayName("SPI-06 what one session wrote, another one sees, also after the first is closed")
    default void sharesThePlace() throws Exception {
        ProviderSession first = provider().open(location());
        try (ProviderSession second = provider().open(location())) {
            put(first.objects(), "db/object", 1, 1_000);
            assertThat(read(second.objects(), "db/object")).isEqualTo(bytes(1, 1_000));
            first.close();
            assertThat(read(second.objects(), "db/object")).isEqualTo(bytes(1, 1_000));
        }
        try (ProviderSession third = provider().open(location())) {
            assertThat(read(third.objects(), "db/object")).isEqualTo(bytes(1, 1_000));
        }
    }

    @Test
    @DisplayName("SPI-07 after closing, every call is cancelled; closing again does nothing")
    default void endsWithClose() throws Exception {
        ProviderSession session = provider().open(location());
        ObjectStore store = session.objects();
        put(store, "kept", 1, 10);
        session.close();
        session.close();
        for (ThrowingCallable each : List.<ThrowingCallable>of(
                session::objects,
                session::capabilities,
                session::snapshots,
                () -> store.putIfAbsent(key("new"), content(1, 1), CALL),
                () -> store.get(key("kept"), null, CALL).close(),
                () -> store.stat(key("kept"), CALL),
                () -> store.list(KeyPrefix.ROOT, null, CALL),
                () -> store.delete(List.of(key("kept")), CALL))) {
            refused(each, ErrorKind.CANCELLED);
        }
        try (ProviderSession again = provider().open(location())) {
            assertThat(Samples.keys(again.objects(), KeyPrefix.ROOT)).containsExactly("kept");
        }
    }

    @Test
    @DisplayName(
            "SPI-08 making a provider and checking settings starts nothing, and closing a session leaves no thread")
    default void leavesNoThread() throws Exception {
        Set<Thread> before = threads();
        provider().check(location());
        assertThat(threads()).as("threads before opening").isSubsetOf(before);
        ProviderSession session = provider().open(location());
        put(session.objects(), "object", 1, 1_000);
        session.close();
        for (Thread left : threads()) {
            if (!before.contains(left)) {
                left.join(5_000);
                assertThat(left.isAlive()).as("%s lives on", left).isFalse();
            }
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName("SPI-09 nothing is printed")
    default void printsNothing() throws Exception {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream trap = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(trap);
            System.setErr(trap);
            useOnce();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private void useOnce() throws Exception {
        BackupProvider provider = provider();
        provider.check(new StorageLocation(provider.id(), Map.of("wrong", "1"), KeyPrefix.ROOT));
        try (ProviderSession session = provider.open(location())) {
            put(session.objects(), "object", 1, 1_000);
            read(session.objects(), "object");
            refused(() -> put(session.objects(), "object", 1, 1_000), ErrorKind.ALREADY_EXISTS);
            session.objects().delete(List.of(key("object")), CALL);
        }
    }

    @Test
    @DisplayName("SPI-10 a place that claims conditional creation lets one of two sessions win")
    default void createsConditionally() throws Exception {
        try (ProviderSession first = provider().open(location());
                ProviderSession second = provider().open(location())) {
            assumeTrue(first.capabilities().conditionalCreate(), "the place does not claim it");
            put(first.objects(), "object", 1, 10);
            refused(() -> put(second.objects(), "object", 2, 20), ErrorKind.ALREADY_EXISTS);
            assertThat(read(second.objects(), "object")).isEqualTo(bytes(1, 10));
        }
    }

    @Test
    @DisplayName("SPI-10 of eight writers by two sessions that race for a key exactly one wins, and its bytes are read")
    default void letsOneSessionWin() throws Exception {
        try (ProviderSession first = provider().open(location());
                ProviderSession second = provider().open(location())) {
            assumeTrue(first.capabilities().conditionalCreate(), "not applicable: the place does not claim it");
            List<ObjectStore> stores = List.of(first.objects(), second.objects());
            for (int round = 0; round < 5; round++) {
                String key = "race/" + round;
                List<Callable<Optional<ErrorKind>>> writers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    ObjectStore mine = stores.get(i % 2);
                    ObjectContent content = content(i, 10_000);
                    writers.add(() -> attempt(mine, key, content));
                }
                List<Optional<ErrorKind>> results = race(writers);
                assertThat(Collections.frequency(results, Optional.empty())).isOne();
                assertThat(Collections.frequency(results, Optional.of(ErrorKind.ALREADY_EXISTS)))
                        .isEqualTo(7);
                assertThat(read(first.objects(), key))
                        .isEqualTo(bytes(results.indexOf(Optional.<ErrorKind>empty()), 10_000));
            }
        }
    }

    @Test
    @DisplayName("SPI-11 locks of objects are told where they are claimed, and there are none where they are not")
    default void locksAsClaimed() throws Exception {
        try (ProviderSession session = provider().open(location())) {
            put(session.objects(), "object", 1, 10);
            Optional<DeleteOutcome.Locked> locked = lock(key("object"));
            if (session.capabilities().objectLock()) {
                assumeTrue(locked.isPresent(), "not verified: the fixture cannot lock");
            } else {
                assertThat(locked).as("a lock in a place that claims none").isEmpty();
            }
            assertThat(session.objects().delete(List.of(key("object")), CALL))
                    .isEqualTo(Map.of(
                            key("object"),
                            locked.<DeleteOutcome>map(lock -> lock).orElseGet(DeleteOutcome.Deleted::new)));
        }
    }
}
