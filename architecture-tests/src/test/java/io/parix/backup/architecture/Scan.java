package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The compiled classes of the rooms, read once, and never fewer than each room's minimum. */
final class Scan {
    private static final Map<Room, JavaClasses> BY_ROOM = new EnumMap<>(Room.class);

    private Scan() {}

    /** {@return the main classes of a room, asserted to be as many as the room has at least} */
    static synchronized JavaClasses classesOf(Room room) {
        JavaClasses classes = BY_ROOM.computeIfAbsent(
                room, key -> new ClassFileImporter().importPaths(List.of(Repository.classes(key))));
        assertThat(classes.size())
                .as("classes scanned in %s, under %s", room.module(), Repository.classes(room))
                .isGreaterThanOrEqualTo(room.minimum().classes())
                .isPositive();
        return classes;
    }

    /** {@return the main classes of several rooms as one set, so that rules see the whole} */
    static JavaClasses classesOf(Collection<Room> rooms) {
        rooms.forEach(Scan::classesOf);
        return new ClassFileImporter()
                .importPaths(rooms.stream().map(Repository::classes).toList());
    }

    /** {@return the deliberately wrong classes of one package of this module} */
    static JavaClasses wrong(String packageName) {
        JavaClasses classes =
                new ClassFileImporter().withImportOption(Scan::isOwnTest).importPackages(packageName);
        assertThat(classes).as("wrong examples in %s", packageName).isNotEmpty();
        return classes;
    }

    /** {@return one deliberately wrong class alone} */
    static JavaClasses wrong(Class<?>... examples) {
        return new ClassFileImporter().importClasses(examples);
    }

    /** Asserts that a rule holds over classes that are there. */
    static void holds(ArchRule rule, JavaClasses classes) {
        assertThat(classes).as("classes to look at").isNotEmpty();
        rule.allowEmptyShould(true).check(classes);
    }

    /** Asserts that a rule catches a wrong example, for the reason that the words name. */
    static void bites(ArchRule rule, JavaClasses wrong, String... words) {
        EvaluationResult result = rule.allowEmptyShould(false).evaluate(wrong);
        assertThat(result.hasViolation())
                .as("'%s' catches %s", rule.getDescription(), names(wrong))
                .isTrue();
        String details = String.join("\n", result.getFailureReport().getDetails());
        assertThat(details).contains(Arrays.asList(words));
    }

    private static List<String> names(JavaClasses classes) {
        return classes.stream().map(JavaClass::getName).toList();
    }

    private static boolean isOwnTest(com.tngtech.archunit.core.importer.Location location) {
        return new ImportOption.OnlyIncludeTests().includes(location);
    }
}
