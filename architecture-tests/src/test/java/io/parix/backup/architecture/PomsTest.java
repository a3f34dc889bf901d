package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** The poms say the same as the picture. */
final class PomsTest {
    private static final Set<String> UNPUBLISHED = Set.of(
            "benchmarks",
            "examples",
            "examples/provider-in-a-day",
            "fault-tests",
            "simulation-tests",
            "test-servers",
            "architecture-tests");
    private static final Set<String> ALLOWED_IN_CORE_AND_API = Set.of("org.jspecify:jspecify");

    /**
     * A dependency as a pom writes it.
     *
     * @param group its group
     * @param artifact its artifact
     * @param scope its scope, {@code compile} where none is written
     */
    private record Dependency(String group, String artifact, String scope) {}

    @ParameterizedTest
    @EnumSource(Room.class)
    void aModuleDependsOnlyOnRoomsThatItMaySee(Room room) {
        List<Dependency> ours = dependencies(room.module()).stream()
                .filter(dependency -> dependency.group().equals("io.parix"))
                .filter(dependency -> !dependency.scope().equals("test"))
                .toList();
        assertThat(ours)
                .allSatisfy(dependency -> assertThat(Room.values())
                        .anyMatch(other -> other.module().equals(dependency.artifact()) && room.maySee(other)));
    }

    @Test
    void apiAndCoreBringNothingButJspecify() {
        for (Room room : List.of(Room.API, Room.CORE)) {
            assertThat(dependencies(room.module()))
                    .filteredOn(dependency -> !dependency.scope().equals("test"))
                    .filteredOn(dependency -> !dependency.group().equals("io.parix"))
                    .extracting(dependency -> dependency.group() + ":" + dependency.artifact())
                    .isSubsetOf(ALLOWED_IN_CORE_AND_API);
        }
    }

    @Test
    void theBillOfMaterialsNamesEveryPublishedModuleAndNoOther() {
        Set<String> named = dependencies("parix-backup-bom").stream()
                .map(Dependency::artifact)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> published = modules().stream()
                .filter(module -> !UNPUBLISHED.contains(module) && !module.equals("parix-backup-bom"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named).isEqualTo(published).isNotEmpty();
    }

    @Test
    void whatIsNotPublishedSaysSo() {
        List<String> unpublished =
                modules().stream().filter(UNPUBLISHED::contains).toList();
        assertThat(unpublished).contains("architecture-tests", "benchmarks", "fault-tests", "simulation-tests");
        assertThat(unpublished)
                .allSatisfy(module -> assertThat(text(parse(module)
                                .getElementsByTagName("maven.deploy.skip")
                                .item(0)))
                        .as(module)
                        .isEqualTo("true"));
    }

    private static List<String> modules() {
        return elements(parse("."), "module").stream().map(PomsTest::text).toList();
    }

    private static List<Dependency> dependencies(String module) {
        return elements(parse(module), "dependency").stream()
                .map(element -> new Dependency(
                        child(element, "groupId", ""),
                        child(element, "artifactId", ""),
                        child(element, "scope", "compile")))
                .toList();
    }

    private static Element parse(String module) {
        Path pom = Repository.root().resolve(module).resolve("pom.xml");
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getDocumentElement();
        } catch (Exception e) {
            throw new IllegalStateException("Cannot read " + pom, e);
        }
    }

    private static List<Element> elements(Element parent, String name) {
        var found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(index -> (Element) found.item(index))
                .toList();
    }

    private static String child(Element parent, String name, String otherwise) {
        List<Element> found = elements(parent, name);
        return found.isEmpty() ? otherwise : text(found.get(0));
    }

    private static String text(Node node) {
        return node.getTextContent().strip();
    }
}
