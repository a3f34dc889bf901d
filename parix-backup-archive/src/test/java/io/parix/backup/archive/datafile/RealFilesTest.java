package io.parix.backup.archive.datafile;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.Check;
import io.parix.backup.Report;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that real clusters wrote, and sets mixed from them whose fate was tried with TigerBeetle itself. */
class RealFilesTest {
    @ParameterizedTest
    @CsvSource({
        "single, 0",
        "three-fresh, 0",
        "three-fresh, 1",
        "three-fresh, 2",
        "three-clean, 0",
        "three-clean, 1",
        "three-clean, 2",
        "three-forgotten, 0",
        "three-forgotten, 1",
        "three-inflight, 0",
        "three-inflight, 1",
        "three-inflight, 2"
    })
    @DisplayName("C2 C5 reads from the superblock what TigerBeetle's own inspection prints")
    void readsWhatInspectionPrints(String set, int replica) {
        DataFile file = DataFile.read(RealFiles.set(set).get(replica)).orThrow();
        assertThat(printed(file.superblock())).isEqualTo(expected(RealFiles.superblock(set + "-" + replica)));
        assertThat(file.index()).isEqualTo(replica);
        assertThat(file.layout()).isEqualTo(DataFileLayout.PRODUCTION);
        assertThat(file.facts().release()).isEqualTo("0.17.8");
        assertThat(file.facts().index()).isEqualTo(replica);
    }

    private static Map<String, String> expected(Map<String, String> all) {
        Map<String, String> expected = new HashMap<>(all);
        expected.keySet()
                .retainAll(printed(DataFile.read(RealFiles.set("single").get(0))
                                .orThrow()
                                .superblock())
                        .keySet());
        String header = all.getOrDefault("vsr_state.checkpoint.header", "");
        expected.put("op", header.replaceAll(".* \\.op=(\\d+).*", "$1"));
        return expected;
    }

    private static Map<String, String> printed(Superblock s) {
        Checkpoint c = s.checkpoint();
        Map<String, String> fields = new HashMap<>();
        fields.put("op", Long.toString(c.op()));
        fields.put("checksum", "0x" + s.checksum());
        fields.put("version", Integer.toString(s.version()));
        fields.put("release_format", s.releaseFormat().toString());
        fields.put("sequence", Long.toString(s.sequence()));
        fields.put("cluster", "0x" + s.cluster());
        fields.put("parent", "0x" + s.parent());
        String state = "vsr_state.checkpoint.";
        trailer(fields, state + "free_set_blocks_acquired", c.acquired());
        trailer(fields, state + "free_set_blocks_released", c.released());
        trailer(fields, state + "client_sessions", c.clientSessions());
        fields.put(state + "manifest_oldest_checksum", "0x" + c.manifest().oldestChecksum());
        fields.put(state + "manifest_newest_checksum", "0x" + c.manifest().newestChecksum());
        fields.put(state + "manifest_oldest_address", Long.toString(c.manifest().oldestAddress()));
        fields.put(state + "manifest_newest_address", Long.toString(c.manifest().newestAddress()));
        fields.put(state + "manifest_block_count", Long.toString(c.manifest().blocks()));
        fields.put(state + "parent_checkpoint_id", "0x" + c.parent());
        fields.put(state + "grandparent_checkpoint_id", "0x" + c.grandparent());
        fields.put(state + "storage_size", Long.toString(c.storageSize()));
        fields.put(state + "release", c.release().toString());
        fields.put("vsr_state.replica_id", "0x" + s.replicaId());
        for (int i = 0; i < s.members().size(); i++) {
            fields.put("vsr_state.members[" + i + "]", "0x" + s.members().get(i));
        }
        fields.put("vsr_state.commit_max", Long.toString(s.commitMax()));
        fields.put("vsr_state.sync_op_min", Long.toString(s.syncOpMin()));
        fields.put("vsr_state.sync_op_max", Long.toString(s.syncOpMax()));
        fields.put("vsr_state.log_view", Long.toString(s.logView()));
        fields.put("vsr_state.view", Long.toString(s.view()));
        fields.put("vsr_state.replica_count", Integer.toString(s.replicaCount()));
        return fields;
    }

    private static void trailer(Map<String, String> fields, String name, Checkpoint.Trailer trailer) {
        fields.put(name + "_checksum", "0x" + trailer.checksum());
        fields.put(name + "_last_block_checksum", "0x" + trailer.lastChecksum());
        fields.put(name + "_last_block_address", Long.toString(trailer.lastAddress()));
        fields.put(name + "_size", Long.toString(trailer.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "three-fresh", "three-clean", "three-inflight"})
    @DisplayName("C6 a set of one instant passes without a warning")
    void passesSetsOfOneInstant(String set) {
        Report report = check(RealFiles.set(set));
        assertThat(report.failures()).isEmpty();
        assertThat(report.warnings()).isEmpty();
        assertThat(report.checks())
                .extracting(Check::rule)
                .containsExactly("C5", "C5", "C5", "C5", "C5", "K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8", "K9");
    }

    @Test
    @DisplayName("K8 one old image among three new ones passes with the one warning that views differ")
    void warnsOfDifferentViews() {
        Report report = check(RealFiles.set("three-skewed"));
        assertThat(report.passed()).isTrue();
        assertThat(report.warnings()).extracting(Check::code).containsExactly("views-differ");
        assertThat(report.warnings().get(0).found()).isEqualTo("replica 0: 1/1, replica 1: 2/2, replica 2: 2/2");
    }

    @Test
    @DisplayName("K7 two old images that would outvote the new one are refused with the 904 operations at stake")
    void refusesASetThatWouldForget() {
        Report report = check(RealFiles.set("three-forgotten"));
        assertThat(report.failures()).extracting(Check::code).containsExactly("committed-ops-missing");
        Check finding = report.failures().get(0);
        assertThat(finding.rule()).isEqualTo("K7");
        assertThat(finding.found()).isEqualTo("904 operations, 1208…2111");
        assertThat(finding.sentence()).contains("replica 2 (three-clean/0_2.tigerbeetle)");
        assertThat(report.checks()).filteredOn(c -> c.rule().startsWith("K")).hasSize(9);
    }

    @Test
    @DisplayName("C5 a set without one of its replicas is refused, and still checked otherwise")
    void refusesAMissingReplica() {
        List<RealImage> two = RealFiles.set("three-clean").subList(0, 2);
        Report report = check(two);
        assertThat(report.failures()).extracting(Check::code).containsExactly("replica-missing");
        assertThat(report.failures().get(0).sentence()).contains("[2]");
    }

    @Test
    @DisplayName("C5 the same replica twice is refused, whatever its name")
    void refusesAReplicaTwice() {
        List<RealImage> clean = RealFiles.set("three-clean");
        Report report = check(List.of(clean.get(0), clean.get(1), clean.get(1)));
        assertThat(report.failures()).extracting(Check::code).containsExactly("replica-twice", "replica-missing");
    }

    @Test
    @DisplayName("C5 the order of the images and their names mean nothing")
    void acceptsSwappedFiles() {
        List<RealImage> clean = RealFiles.set("three-clean");
        assertThat(check(List.of(clean.get(2), clean.get(0), clean.get(1))).passed())
                .isTrue();
    }

    @Test
    @DisplayName("C5 K1 a file of another cluster is refused and named")
    void refusesAForeignFile() {
        List<RealImage> mixed = new ArrayList<>(RealFiles.set("three-clean").subList(0, 2));
        mixed.add(RealFiles.set("three-fresh").get(2));
        assertThat(check(mixed).failures())
                .extracting(Check::code)
                .contains("cluster-mismatch", "configuration-mismatch");
    }

    @Test
    @DisplayName("C5 K1 a replica of a cluster of another size is refused")
    void refusesAnotherReplicaCount() {
        List<RealImage> mixed = new ArrayList<>(RealFiles.set("single"));
        mixed.addAll(RealFiles.set("three-clean").subList(1, 3));
        assertThat(check(mixed).failures())
                .extracting(Check::code)
                .contains("replica-count-mismatch", "configuration-mismatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "three-fresh", "three-clean", "three-inflight", "three-forgotten"})
    @DisplayName("C10 the database check of every healthy file passes, a replica killed in traffic included")
    void passesTheDatabaseCheck(String set) {
        for (RealImage image : RealFiles.set(set)) {
            Report report = DatabaseCheck.of(image);
            assertThat(report.failures()).isEmpty();
            assertThat(report.warnings()).isEmpty();
            assertThat(report.checks()).extracting(Check::code).contains("log-complete", "grid-blocks", "manifest");
        }
    }

    @Test
    @DisplayName("C7 two looks at one image agree, and looks at an earlier and a later one name what moved")
    void tellsAnImageThatMoved() {
        RealImage later = RealFiles.set("three-clean").get(0);
        RealImage earlier = RealFiles.set("three-forgotten").get(0);
        assertThat(fingerprint(later).unmovedSince(fingerprint(later)).passed()).isTrue();
        Report moved = fingerprint(later).unmovedSince(fingerprint(earlier));
        assertThat(moved.failures())
                .allMatch(c -> c.rule().equals("C7") && c.code().equals("image-moved"));
        assertThat(moved.reasons()).contains("Replica 0", "superblock copy 3 at offset 73728");
    }

    private static Fingerprint fingerprint(RealImage image) {
        return Fingerprint.of(image, DataFile.read(image).orThrow());
    }

    private static Report check(List<RealImage> images) {
        return ReplicaSet.check(images.stream().map(DataFile::read).toList());
    }
}
