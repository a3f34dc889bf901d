package io.parix.backup.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules over classes. Those over what code calls are in {@link Calls}. */
final class Rules {
    private static final Pattern BANNED_NAME = Pattern.compile(
            ".*(Manager|Helper|Utils?|Impl|Service|Processor|Handler|Info|Data)|(Base|Abstract)[A-Z].*");
    private static final Pattern CLOUD =
            Pattern.compile("(?i).*(amazon|google|azure).*|(.*[a-z0-9_])?(Aws|AWS|Gcp|GCP|S3|Ebs|EBS)([A-Z_].*)?");
    private static final Set<String> MUTABLE_HOLDERS = Set.of(
            "java.lang.ThreadLocal",
            "java.util.concurrent.atomic.AtomicBoolean",
            "java.util.concurrent.atomic.AtomicInteger",
            "java.util.concurrent.atomic.AtomicLong",
            "java.util.concurrent.atomic.AtomicReference",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.ConcurrentMap",
            "java.util.HashMap",
            "java.util.ArrayList");

    private static final Set<String> GUARDS = Set.of("that", "hold");

    private Rules() {}

    static ArchRule seesOnlyItsNeighbours(Room room) {
        return classes()
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.describe(
                        "belong to the rooms and libraries that " + room.module() + " may see",
                        target -> room.maySee(packageOf(target))));
    }

    static ArchRule liesInItsPackages(Room room) {
        return classes()
                .should(each(
                        "lie in a package of " + room.module(),
                        type -> Room.of(type.getPackageName())
                                .filter(room::equals)
                                .isPresent(),
                        JavaClass::getName));
    }

    static ArchRule noPackageCycles() {
        return slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return type.getPackageName().startsWith("io.parix.")
                                ? SliceIdentifier.of(type.getPackageName())
                                : SliceIdentifier.ignore();
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles();
    }

    static ArchRule noBannedNames() {
        return classes()
                .should(each(
                        "have a name that says what it is (house rule 39)",
                        type -> type.isAnonymousClass()
                                || !BANNED_NAME.matcher(type.getSimpleName()).matches(),
                        JavaClass::getName));
    }

    static ArchRule noCloudIsNamed() {
        return classes()
                .should(each(
                        "name no cloud, nor may its members",
                        type -> Stream.concat(
                                        Stream.of(type.getSimpleName()),
                                        type.getMembers().stream().map(member -> member.getName()))
                                .noneMatch(name -> CLOUD.matcher(name).matches()),
                        JavaClass::getName));
    }

    static ArchRule noGetPrefix() {
        return methods()
                .should(each(
                        "have no get prefix",
                        method -> !method.getName().matches("get[A-Z].*")
                                || !method.getRawParameterTypes().isEmpty()
                                || !isOurs(method),
                        JavaMethod::getFullName));
    }

    /** A guard takes the condition that it guards, so {@code that} and {@code hold} may. */
    static ArchRule noBooleanParameters() {
        return methods()
                .should(each(
                        "have no boolean parameter unless private",
                        method -> GUARDS.contains(method.getName())
                                || method.getRawParameterTypes().stream()
                                        .map(JavaClass::getName)
                                        .noneMatch(name -> name.equals("boolean") || name.equals("java.lang.Boolean"))
                                || !isOurs(method),
                        JavaMethod::getFullName));
    }

    static ArchRule noStaticMutableState() {
        return fields().that()
                .areStatic()
                .should(each(
                        "be final and hold nothing that is made to change",
                        field -> isSynthetic(field)
                                || (field.getModifiers().contains(JavaModifier.FINAL)
                                        && !MUTABLE_HOLDERS.contains(
                                                field.getRawType().getName())),
                        JavaField::getFullName));
    }

    static ArchRule exceptionsAreOfOneFamily() {
        return classes()
                .that()
                .areAssignableTo(Throwable.class)
                .should()
                .beAssignableTo("io.parix.backup.BackupException");
    }

    static ArchRule publicClassesAreClosed() {
        return classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .should(each(
                        "be final or abstract",
                        type -> type.getModifiers().contains(JavaModifier.FINAL)
                                || type.getModifiers().contains(JavaModifier.ABSTRACT)
                                || type.isEnum(),
                        JavaClass::getName));
    }

    /** A condition over one thing at a time. */
    static <T> ArchCondition<T> each(String words, Predicate<T> holds, Function<T, String> name) {
        return new ArchCondition<>(words) {
            @Override
            public void check(T item, ConditionEvents events) {
                String verdict = holds.test(item) ? " does " : " does not ";
                events.add(new SimpleConditionEvent(item, holds.test(item), name.apply(item) + verdict + words));
            }
        };
    }

    private static String packageOf(JavaClass target) {
        return target.getBaseComponentType().getPackageName();
    }

    private static boolean isSynthetic(JavaField field) {
        return field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    /** Whether the name and parameters of a method are our choice: not private, made by us, prescribed by no other type. */
    private static boolean isOurs(JavaMethod method) {
        Set<JavaModifier> modifiers = method.getModifiers();
        return !modifiers.contains(JavaModifier.PRIVATE)
                && !modifiers.contains(JavaModifier.SYNTHETIC)
                && !modifiers.contains(JavaModifier.BRIDGE)
                && Stream.concat(
                                method.getOwner().getAllRawSuperclasses().stream(),
                                method.getOwner().getAllRawInterfaces().stream())
                        .filter(type -> !type.getPackageName().startsWith("io.parix."))
                        .flatMap(type -> type.getMethods().stream())
                        .noneMatch(inherited -> inherited.getName().equals(method.getName()));
    }
}
