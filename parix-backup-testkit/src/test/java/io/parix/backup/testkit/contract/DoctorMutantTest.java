package io.parix.backup.testkit.contract;

import static io.parix.backup.doctor.Finding.Outcome.FAILED;
import static io.parix.backup.doctor.Finding.Outcome.NOT_APPLICABLE;
import static io.parix.backup.doctor.Finding.Outcome.UNDETERMINED;
import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.doctor.Diagnosis;
import io.parix.backup.doctor.Leftover;
import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Capabilities;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectPage;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.SnapshotCapabilities;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.StoredObject;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.doctor.DoctorFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The doctor on stores that are wrong on purpose: those that the contract suite is tried on, and some of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoctorMutantTest {
    /**
     * What takes more than small objects, or things that a live place must not be put through, to be seen; and a race that only keys of the
     * suite lose.
     */
    private static final Set<String> BEYOND = Set.of(
            "SPI-22 looks before it writes, not while",
            "SPI-25 leaves half an object",
            "SPI-25 lets the content's error escape",
            "SPI-27 refuses long keys",
            "SPI-29 calls a folder a taken key",
            "SPI-30 reads what it will refuse",
            "SPI-31 keeps the last read in a field",
            "SPI-45 ends a stream early",
            "SPI-64 deletes what it says is locked",
            "SPI-64 does not tell the end of a lock",
            "SPI-64 makes an end up",
            "SPI-64 refuses the whole call for what is locked",
            "SPI-64 says absent of what is locked",
            "SPI-64 says deleted of what is locked",
            "SPI-64 stops at what is locked",
            "SPI-64 takes a lock for a missing permission",
            "SPI-64 tells a wrong end",
            "SPI-70 does not look up while it writes",
            "SPI-70 lists for a caller that has gone",
            "SPI-71 has all the time in the world",
            "SPI-72 breaks by an interrupt",
            "SPI-72 swallows interrupts",
            "SPI-73 answers unavailable when full",
            "SPI-74 finds nothing when lost",
            "SPI-74 looks empty when lost",
            "SPI-75 answers unavailable when forbidden",
            "SPI-75 finds nothing when forbidden",
            "SPI-75 looks empty when forbidden",
            "SPI-75 says absent when forbidden",
            "SPI-75 says deleted when forbidden",
            "SPI-75 says not found when forbidden",
            "SPI-75 takes a missing permission to delete for an outage",
            "SPI-76 finds nothing when asked for patience",
            "SPI-76 keeps the wait to itself",
            "SPI-76 looks empty when asked for patience",
            "SPI-76 says absent when asked for patience",
            "SPI-76 stores what it sends away",
            "SPI-76 takes a request for patience for an outage",
            "SPI-76 waits and asks again by itself",
            "SPI-77 says unavailable of what it has stored",
            "SPI-77 takes a lost answer for success",
            "SPI-77 takes what is there for its own when asked again",
            "SPI-77 writes again by itself",
            "SPI-78 deletes again by itself",
            "SPI-78 says unavailable of what it has deleted",
            "SPI-78 takes a lost answer for a deletion",
            "SPI-79 finds nothing where nobody answers",
            "SPI-79 is good for nothing after it was not answered",
            "SPI-79 looks empty where nobody answers",
            "SPI-79 says cancelled of what it may have deleted",
            "SPI-79 says cancelled of what it may have stored",
            "SPI-79 says not found of what is not answered",
            "SPI-79 says throttled of a write that is not answered",
            "SPI-79 takes no answer to a deletion for done",
            "SPI-79 takes no answer to a write for success",
            "SPI-79 waits for ever for a deletion",
            "SPI-79 waits for ever for a description",
            "SPI-79 waits for ever for a listing",
            "SPI-79 waits for ever for a write",
            "SPI-79 waits for ever for bytes");

    /** With what nothing is wrong. */
    private static final Map<String, UnaryOperator<ObjectStore>> RIGHT = Map.of(
            "SPI-20 of the doctor: a right one", WrongStore::new,
            "SPI-51 of the doctor: small pages", SmallPageStore::new);

    private final Map<String, Set<String>> found = new LinkedHashMap<>();
    private final Map<String, Set<String>> left = new LinkedHashMap<>();
    private final Map<String, Set<String>> named = new LinkedHashMap<>();

    @BeforeAll
    void examineThemAll() {
        Map<String, UnaryOperator<ObjectStore>> all = new LinkedHashMap<>(StoreMutants.all());
        all.put("SPI-22 of the doctor: looks before it writes", RacingStore::new);
        all.put("SPI-51 of the doctor: says for ever that there is more", EndlessStore::new);
        all.put("SPI-51 of the doctor: gives the same page for ever", StuckStore::new);
        all.put("SPI-51 of the doctor: loses what comes last of many", ForgetfulStore::new);
        all.put("SPI-51 of the doctor: lists one twice where a page ends", TwiceStore::new);
        all.put("SPI-62 of the doctor: loses the last of a thousand", SloppyStore::new);
        RIGHT.forEach(all::put);
        all.forEach((name, mutation) -> {
            try (DoctorFixture fixture = new DoctorFixture()) {
                Diagnosis diagnosis = fixture.examine(new WrongProvider(
                        fixture.places(), mutation.apply(fixture.places().place("bucket")), can -> can));
                Set<String> bad = new TreeSet<>(DoctorFixture.ids(diagnosis, FAILED));
                DoctorFixture.ids(diagnosis, UNDETERMINED).forEach(id -> bad.add(id + "?"));
                found.put(name, bad);
                left.put(name, new TreeSet<>(fixture.left()));
                named.put(
                        name,
                        new TreeSet<>(diagnosis.leftovers().stream()
                                .map(Leftover::key)
                                .map(ObjectKey::value)
                                .toList()));
            }
        });
    }

    @Test
    @DisplayName("J3 every wrong store that small objects can tell is found, by the requirement that it breaks")
    void findsEveryMutant() throws IOException {
        List<String> table = new ArrayList<>();
        found.forEach((mutant, by) -> table.add(String.format(Locale.ROOT, "%-60s %s", mutant, by)));
        Files.write(Path.of("target", "doctor-mutants.txt"), table);
        Set<String> missed = new TreeSet<>();
        found.forEach((mutant, by) -> {
            String id = Requirement.idOf(mutant);
            if (!by.contains(id) && !by.contains(id + "?")) {
                missed.add(mutant);
            }
        });
        missed.removeAll(RIGHT.keySet());
        assertThat(missed).isEqualTo(BEYOND);
        assertThat(RIGHT.keySet())
                .allSatisfy(right -> assertThat(found.get(right)).as(right).isEmpty());
    }

    @Test
    @DisplayName("J3 nothing is left of an examination of a wrong store, or it is named")
    void leavesNothing() {
        left.forEach((mutant, keys) -> assertThat(named.get(mutant)).as(mutant).containsAll(keys));
        left.forEach((mutant, keys) -> assertThat(keys.isEmpty())
                .as(mutant + " has " + keys)
                .isEqualTo(!mutant.equals("SPI-60 says deleted and does nothing")));
    }

    @Test
    @DisplayName("J3 a lock without a known end, wrong capabilities and capabilities that are not claimed are told")
    void looksAtClaims() {
        try (DoctorFixture fixture = new DoctorFixture()) {
            ObjectStore held = new WrongStore(fixture.places().place("bucket")) {
                @Override
                public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
                    Map<ObjectKey, DeleteOutcome> outcomes = new HashMap<>();
                    keys.forEach(key -> outcomes.put(key, new DeleteOutcome.Locked(null)));
                    return outcomes;
                }
            };
            Diagnosis locked = fixture.examine(new WrongProvider(fixture.places(), held, DoctorMutantTest::locking));
            assertThat(DoctorFixture.ids(locked, FAILED)).containsExactly("PLC-08", "PLC-10");
        }
        try (DoctorFixture fixture = new DoctorFixture()) {
            Diagnosis little = fixture.examine(new WrongProvider(
                    fixture.places(), fixture.places().place("bucket"), DoctorMutantTest::claimingLittle));
            assertThat(DoctorFixture.ids(little, FAILED)).containsExactly("SPI-05");
            assertThat(DoctorFixture.ids(little, NOT_APPLICABLE)).contains("SPI-10", "SPI-22", "PLC-08");
        }
    }

    private static Capabilities locking(Capabilities can) {
        return new Capabilities(true, true, false, can.largestWrite(), can.volumeSnapshots());
    }

    /** No conditional writes, and snapshots that are not offered. */
    private static Capabilities claimingLittle(Capabilities can) {
        SnapshotCapabilities volumes =
                new SnapshotCapabilities(true, true, false, SnapshotCapabilities.GroupCut.NONE, Duration.ZERO, 0);
        return new Capabilities(false, false, false, can.largestWrite(), volumes);
    }

    /** Everybody looks, and then writes. */
    private static final class RacingStore extends WrongStore {
        RacingStore(ObjectStore right) {
            super(right);
        }

        @Override
        public StoredObject putIfAbsent(ObjectKey key, ObjectContent content, CallContext call) {
            if (right.stat(key, call).isPresent() || MutantParts.received(content).length != content.length()) {
                return right.putIfAbsent(key, content, call);
            }
            synchronized (this) {
                if (Checksums.of(MutantParts.received(content)).equals(content.checksums())) {
                    right.delete(List.of(key), call);
                }
                return right.putIfAbsent(key, content, call);
            }
        }
    }

    /** Its pages have a tenth of what they may have. */
    private static final class SmallPageStore extends WrongStore {
        SmallPageStore(ObjectStore right) {
            super(right);
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            ObjectPage page = right.list(prefix, after, call);
            boolean cut = page.objects().size() > 100;
            return cut ? new ObjectPage(page.objects().subList(0, 100), true) : page;
        }
    }

    private static final class EndlessStore extends WrongStore {
        EndlessStore(ObjectStore right) {
            super(right);
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            return new ObjectPage(right.list(prefix, after, call).objects(), true);
        }
    }

    /** Once it has more than a page it goes no further. */
    private static final class StuckStore extends WrongStore {
        StuckStore(ObjectStore right) {
            super(right);
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            ObjectPage first = right.list(prefix, null, call);
            return first.more() ? first : right.list(prefix, after, call);
        }
    }

    /** What a page leaves for the next is told to be nothing, if it is little. */
    private static final class ForgetfulStore extends WrongStore {
        ForgetfulStore(ObjectStore right) {
            super(right);
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            ObjectPage page = right.list(prefix, after, call);
            boolean last = after != null
                    && page.objects().size() == 1
                    && right.list(prefix, null, call).more();
            return last ? new ObjectPage(List.of(), false) : page;
        }
    }

    private static final class TwiceStore extends WrongStore {
        TwiceStore(ObjectStore right) {
            super(right);
        }

        @Override
        public ObjectPage list(KeyPrefix prefix, @Nullable ObjectKey after, CallContext call) {
            ObjectPage page = right.list(prefix, after, call);
            List<StoredObject> objects = new ArrayList<>(page.objects());
            if (after != null && right.list(prefix, null, call).more()) {
                right.stat(after, call).ifPresent(again -> objects.add(0, again));
            }
            return new ObjectPage(objects, page.more());
        }
    }

    private static final class SloppyStore extends WrongStore {
        SloppyStore(ObjectStore right) {
            super(right);
        }

        @Override
        public Map<ObjectKey, DeleteOutcome> delete(List<ObjectKey> keys, CallContext call) {
            boolean many = keys.size() == ObjectStore.MAX_DELETE;
            Map<ObjectKey, DeleteOutcome> outcomes =
                    new HashMap<>(right.delete(many ? keys.subList(0, keys.size() - 1) : keys, call));
            keys.forEach(key -> outcomes.putIfAbsent(key, new DeleteOutcome.Deleted()));
            return outcomes;
        }
    }

    /** The places of a provider, of which one is reached by a wrong store. */
    private static final class WrongProvider implements BackupProvider {
        private final BackupProvider right;
        private final ObjectStore wrong;
        private final Function<Capabilities, Capabilities> claims;

        WrongProvider(BackupProvider right, ObjectStore wrong, Function<Capabilities, Capabilities> claims) {
            this.right = right;
            this.wrong = wrong;
            this.claims = claims;
        }

        @Override
        public String id() {
            return right.id();
        }

        @Override
        public int spiVersion() {
            return right.spiVersion();
        }

        @Override
        public List<ConfigurationMistake> check(StorageLocation location) {
            return right.check(location);
        }

        @Override
        public ProviderSession open(StorageLocation location) {
            ProviderSession session = right.open(location);
            return new ProviderSession() {
                @Override
                public Capabilities capabilities() {
                    return claims.apply(session.capabilities());
                }

                @Override
                public ObjectStore objects() {
                    return wrong;
                }

                @Override
                public Optional<VolumeSnapshots> snapshots() {
                    return session.snapshots();
                }

                @Override
                public void close() {
                    session.close();
                }
            };
        }
    }
}
