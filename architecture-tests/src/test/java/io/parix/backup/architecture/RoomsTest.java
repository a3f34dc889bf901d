package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.archive.wrong.ReachesForTheEngine;
import io.parix.backup.core.wrong.NamesJackson;
import io.parix.backup.engine.wrong.ReachesForAProvider;
import io.parix.backup.provider.local.wrong.ReachesForTheCore;
import io.parix.backup.spi.wrong.NamesALibrary;
import io.parix.backup.testkit.wrong.ReachesForAProviderToo;
import io.parix.backup.wrong.LiesNowhere;
import io.parix.backup.wrong.left.Left;
import io.parix.backup.wrong.right.Right;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may see whom. */
final class RoomsTest {
    @ParameterizedTest
    @EnumSource(Room.class)
    void aRoomSeesOnlyItsNeighboursAndItsOwnLibraries(Room room) {
        Scan.holds(Rules.seesOnlyItsNeighbours(room), Scan.classesOf(room));
    }

    @Test
    void aRoomThatReachesTooFarIsCaught() {
        Scan.bites(Rules.seesOnlyItsNeighbours(Room.API), Scan.wrong(NamesALibrary.class), "org.slf4j.Logger");
        Scan.bites(Rules.seesOnlyItsNeighbours(Room.CORE), Scan.wrong(NamesJackson.class), "JsonFactory");
        Scan.bites(Rules.seesOnlyItsNeighbours(Room.ARCHIVE), Scan.wrong(ReachesForTheEngine.class), "engine.wrong");
        Scan.bites(Rules.seesOnlyItsNeighbours(Room.ENGINE), Scan.wrong(ReachesForAProvider.class), "provider.local");
        Scan.bites(Rules.seesOnlyItsNeighbours(Room.PROVIDER_LOCAL), Scan.wrong(ReachesForTheCore.class), "core.wrong");
        Scan.bites(
                Rules.seesOnlyItsNeighbours(Room.TESTKIT), Scan.wrong(ReachesForAProviderToo.class), "provider.local");
    }

    @ParameterizedTest
    @EnumSource(Room.class)
    void everyClassLiesInThePackagesOfItsModule(Room room) {
        Scan.holds(Rules.liesInItsPackages(room), Scan.classesOf(room));
    }

    @Test
    void aClassInNobodysPackageIsCaught() {
        Scan.bites(Rules.liesInItsPackages(Room.API), Scan.wrong(LiesNowhere.class), "LiesNowhere");
        assertThat(Room.API.maySee("io.parix.backup.wrong")).isFalse();
    }

    @Test
    void packagesHaveNoCycles() {
        Scan.holds(Rules.noPackageCycles(), Scan.classesOf(EnumSet.allOf(Room.class)));
    }

    @Test
    void aCycleOfPackagesIsCaught() {
        Scan.bites(Rules.noPackageCycles(), Scan.wrong(Left.class, Right.class), "wrong.left", "wrong.right");
    }

    @Test
    void noPackageIsSplitOverModules() {
        Map<String, Set<String>> modules = Arrays.stream(Room.values())
                .flatMap(room -> packagesOf(room).map(name -> Map.entry(name, room.module())))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey,
                        Collectors.mapping(Map.Entry::getValue, Collectors.toCollection(TreeSet::new))));
        assertThat(modules).hasSizeGreaterThanOrEqualTo(Room.values().length);
        assertThat(modules)
                .allSatisfy((name, owners) -> assertThat(owners).as(name).hasSize(1));
    }

    @Test
    void everyModuleWithSourcesIsARoom() {
        Set<String> rooms = Arrays.stream(Room.values()).map(Room::module).collect(Collectors.toSet());
        List<String> withSources = Repository.allMainSources().stream()
                .map(Repository::moduleOf)
                .distinct()
                .toList();
        assertThat(rooms).containsAll(withSources);
    }

    @ParameterizedTest
    @EnumSource(Room.class)
    void aRoomHasAtLeastAsManyTestsAsItClaims(Room room) {
        Path tests = Repository.testSources(room);
        assertThat(Repository.javaFilesIn(tests))
                .hasSizeGreaterThanOrEqualTo(room.minimum().tests());
        assertThat(Files.isDirectory(tests) || room.minimum().tests() == 0).isTrue();
    }

    private static Stream<String> packagesOf(Room room) {
        return Scan.classesOf(room).stream().map(type -> type.getPackageName()).distinct();
    }
}
