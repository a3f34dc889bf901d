package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every requirement that is written down has a test and a mutant, and there is no test and no mutant of anything else. */
class ContractMatrixTest {
    /** Under this number the scan of the pages has missed something. */
    private static final int REQUIREMENTS_AT_LEAST = 196;

    private static final Path CONTRACTS = Path.of("src/main/java/io/parix/backup/testkit/contract");

    @Test
    @DisplayName("I1 every requirement of every page has a test, once it has a number, and every test's number is one")
    void testEveryRequirement() throws IOException {
        List<String> required = new ArrayList<>();
        for (Path page : Requirement.pages()) {
            Requirement.of(page).forEach(each -> required.add(each.id()));
        }
        Set<String> tested = new TreeSet<>();
        Arrays.stream(Suite.values()).forEach(suite -> tested.addAll(suite.ids()));

        assertThat(required).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(REQUIREMENTS_AT_LEAST);
        assertThat(tested).containsExactlyInAnyOrderElementsOf(required);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("I1 a suite's numbers are written down on its own page, and no other suite has them")
    void keepToThePage(Suite suite) throws IOException {
        assertThat(Requirement.of(suite.page())).extracting(Requirement::id).containsAll(suite.ids());
        assertThat(Arrays.stream(Suite.values()).filter(other -> other != suite))
                .allSatisfy(other -> assertThat(other.ids()).doesNotContainAnyElementsOf(suite.ids()));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("I1 every number that a suite tests has a mutant, and every mutant a number that its suite tests")
    void mutateEveryRequirement(Suite suite) {
        Set<String> mutated = new TreeSet<>();
        suite.mutants().forEach(mutant -> mutated.add(Requirement.idOf(mutant)));

        assertThat(mutated).isEqualTo(suite.ids());
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("I1 no two tests of a suite have one name, so what finds a mutant is known by it")
    void tellTestsApart(Suite suite) {
        assertThat(suite.cases()).extracting(Suite.Case::name).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("I1 every interface with tests belongs to a suite that is tried on mutants")
    void joinEveryInterface() throws IOException, ClassNotFoundException {
        List<Class<?>> contracts = new ArrayList<>();
        try (Stream<Path> files = Files.list(CONTRACTS)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                Class<?> type = Class.forName(getClass().getPackageName() + "." + name);
                if (Arrays.stream(type.getDeclaredMethods()).anyMatch(each -> each.isAnnotationPresent(Test.class))) {
                    contracts.add(type);
                }
            }
        }

        assertThat(contracts)
                .contains(AdoptContract.class, WriteContract.class)
                .allSatisfy(each -> assertThat(Arrays.stream(Suite.values()).filter(suite -> suite.joins(each)))
                        .as(each.getSimpleName())
                        .hasSize(1));
    }
}
