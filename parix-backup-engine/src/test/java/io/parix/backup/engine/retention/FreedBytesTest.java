package io.parix.backup.engine.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.BackupId;
import io.parix.backup.DatabaseId;
import io.parix.backup.Ownership;
import io.parix.backup.core.retention.RetentionCandidate;
import io.parix.backup.core.retention.RetentionCandidate.Manifest;
import io.parix.backup.core.retention.RetentionCandidate.Place;
import io.parix.backup.core.retention.RetentionCandidate.Stage;
import io.parix.backup.core.retention.RetentionFacts;
import io.parix.backup.core.retention.RetentionFacts.Floor;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.spi.catalog.SegmentBytes;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FreedBytesTest {
    private static final DatabaseId DB = new DatabaseId("db");
    private final List<Set<String>> asked = new ArrayList<>();

    /** A catalog that can nothing but add up, and that by a rule. */
    private FreedBytes by(ToLongFunction<Set<String>> freed) {
        return new FreedBytes((Catalog) Proxy.newProxyInstance(
                Catalog.class.getClassLoader(), new Class<?>[] {Catalog.class}, (proxy, method, args) -> {
                    assertThat(method.getName()).isEqualTo("segmentBytes");
                    Set<String> backups =
                            ((Set<?>) args[1]).stream().map(String.class::cast).collect(Collectors.toSet());
                    assertThat(backups).hasSizeLessThanOrEqualTo(FreedBytes.MOST);
                    asked.add(backups);
                    long bytes = freed.applyAsLong(backups);
                    return new SegmentBytes(bytes, bytes);
                }));
    }

    private static Stream<RetentionCandidate> candidates(String prefix, int count, Stage stage) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RetentionCandidate(
                        new BackupId(prefix + i),
                        stage,
                        Instant.EPOCH,
                        null,
                        null,
                        null,
                        null,
                        Ownership.OWN,
                        Place.REGISTERED,
                        Manifest.UNDOUBTED,
                        Set.of()));
    }

    private static RetentionFacts facts(Stream<RetentionCandidate> candidates) {
        return new RetentionFacts(candidates.toList(), new DatabaseFacts.Unknown("test"), Floor.OFF);
    }

    /** All that can go, goes. */
    private static FreedBytes.Change allOf(RetentionFacts facts) {
        return new FreedBytes.Change(
                facts.backups().stream()
                        .filter(candidate -> candidate.stage() != Stage.EXPIRING)
                        .map(RetentionCandidate::backup)
                        .collect(Collectors.toSet()),
                Set.of());
    }

    @Test
    @DisplayName("H9 H6 what goes in any case keeps no bytes from being freed, what stays does")
    void goesInAnyCase() {
        RetentionFacts facts = facts(candidates("b", 3, Stage.COMPLETED));
        BackupId going = new BackupId("b1");

        // b0 and b1 share a byte, which goes with the last of them; each has ten of its own.
        ToLongFunction<Set<String>> shared =
                backups -> 10L * backups.size() + (backups.containsAll(Set.of("b0", "b1")) ? 1 : 0);
        FreedBytes.Change alone = new FreedBytes.Change(Set.of(going), Set.of(new BackupId("b2")));
        FreedBytes.Change beside = new FreedBytes.Change(Set.of(going), Set.of(new BackupId("b0"), new BackupId("b2")));
        assertThat(by(shared).of(DB, facts, alone).bytes()).isEqualTo(11);
        assertThat(by(shared).of(DB, facts, beside).bytes()).isEqualTo(10);
    }

    @Test
    @DisplayName("H9 failed backups have no bytes, and more than ten thousand of them are no obstacle")
    void failed() {
        RetentionFacts facts = facts(
                Stream.concat(candidates("f", 10_001, Stage.FAILED_AND_SWEPT), candidates("b", 2, Stage.COMPLETED)));

        assertThat(by(Set::size).of(DB, facts, allOf(facts)).bytes()).isEqualTo(2);
        assertThat(asked).containsExactly(Set.of("b0", "b1"));
    }

    @Test
    @DisplayName("H9 of more than ten thousand the parts are added up, with what is leaving already taken off each")
    void many() {
        RetentionFacts facts =
                facts(Stream.concat(candidates("b", 10_000, Stage.COMPLETED), candidates("x", 3, Stage.EXPIRING)));

        assertThat(by(Set::size).of(DB, facts, allOf(facts)).bytes()).isEqualTo(10_000);
        assertThat(asked).extracting(Set::size).containsExactly(3, 10_000, 6);
        Set<String> seen = new HashSet<>();
        asked.forEach(seen::addAll);
        assertThat(seen).hasSize(10_003);
    }

    @Test
    @DisplayName("H9 a single part is asked for ten thousand")
    void most() {
        RetentionFacts facts = facts(candidates("b", 10_000, Stage.COMPLETED));

        assertThat(by(Set::size).of(DB, facts, allOf(facts)).bytes()).isEqualTo(10_000);
        assertThat(asked).hasSize(1);
    }

    @Test
    @DisplayName("H9 what changes between two answers makes no negative number")
    void changedMeanwhile() {
        RetentionFacts facts =
                facts(Stream.concat(candidates("b", 1, Stage.COMPLETED), candidates("x", 1, Stage.EXPIRING)));

        assertThat(by(backups -> backups.size() == 1 ? 100 : 40)
                        .of(DB, facts, allOf(facts))
                        .bytes())
                .isZero();
    }

    @Test
    @DisplayName("H9 what stays is not asked about")
    void stays() {
        RetentionFacts facts = facts(candidates("b", 3, Stage.COMPLETED));

        assertThat(by(Set::size)
                        .of(
                                DB,
                                facts,
                                new FreedBytes.Change(
                                        Set.of(new BackupId("b1")), Set.of(new BackupId("b0"), new BackupId("b2"))))
                        .bytes())
                .isEqualTo(1);
        assertThat(asked).containsExactly(Set.of("b1"));
    }
}
