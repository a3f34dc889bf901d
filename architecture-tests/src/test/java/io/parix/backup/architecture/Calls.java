package io.parix.backup.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/** The rules over what code calls and touches. */
final class Calls {
    private static final List<String> IMPURE_PACKAGES = List.of(
            "java.io",
            "java.nio.file",
            "java.nio.channels",
            "java.net",
            "java.sql",
            "javax.sql",
            "java.util.concurrent",
            "java.util.logging",
            "java.util.prefs",
            "java.lang.reflect");
    private static final Set<String> IMPURE_CLASSES = Set.of(
            "java.lang.Thread",
            "java.lang.ThreadLocal",
            "java.lang.Runtime",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.System$Logger",
            "java.util.Timer",
            "java.util.ServiceLoader",
            "java.util.Random",
            "java.util.SplittableRandom",
            "java.security.SecureRandom",
            "java.time.Clock",
            "java.time.InstantSource");
    private static final Set<String> PURE_SYSTEM_CALLS = Set.of("arraycopy", "identityHashCode", "lineSeparator");
    /** The outermost doors, where what is not handed in gets its default. */
    private static final Set<String> FRONT_DOORS = Set.of(
            "io.parix.backup.engine.ParixBackupBuilder",
            "io.parix.backup.provider.local.LocalProvider",
            "io.parix.backup.provider.aws.AwsProvider",
            "io.parix.backup.provider.gcp.GcpProvider");

    /** It takes the console's place for a moment, to prove that a provider prints nothing. */
    private static final String CONSOLE_WATCH = "io.parix.backup.testkit.contract.BackupProviderContract";

    private static final Set<String> CLOCK_TYPES = Set.of("java.time.Clock", "java.time.InstantSource");

    private Calls() {}

    /** No I/O, threads, clocks, randomness; loggers and Jackson are kept out by what the room may see. */
    static ArchRule pure() {
        return noClasses()
                .should()
                .dependOnClassesThat(
                        DescribedPredicate.describe("do I/O, run threads, tell time or draw", Calls::isImpure))
                .orShould(touch("ask the system, the clock, the zone or chance", Calls::asksTheWorld))
                .as("core is pure");
    }

    static ArchRule noClockOrChanceOfItsOwn() {
        return noClasses()
                .that(DescribedPredicate.describe("are no front door", type -> !FRONT_DOORS.contains(type.getName())))
                .should(touch("read a clock or draw by itself", access -> readsClock(access) || draws(access)))
                .as("no clock or chance of its own: both are handed in");
    }

    static ArchRule noConsole() {
        return noClasses()
                .that(DescribedPredicate.describe(
                        "do not watch it", type -> !type.getName().equals(CONSOLE_WATCH)))
                .should(touch(
                        "print",
                        access -> name(access).equals("printStackTrace")
                                || (owner(access).equals("java.lang.System")
                                        && Set.of("out", "err", "exit").contains(name(access)))))
                .as("a library neither prints nor exits");
    }

    static ArchRule noSleepingAndNoCommonPool() {
        return noClasses()
                .should(touch("sleep or run on the common pool", access -> sleeps(access) || usesCommonPool(access)))
                .as("no sleeping, no common pool");
    }

    static ArchRule noThreadsOfItsOwn() {
        return noClasses()
                .should(touch(
                        "start threads",
                        access -> owner(access).equals("java.util.concurrent.Executors")
                                || (isConstructor(access)
                                        && Set.of("java.lang.Thread", "java.util.Timer")
                                                .contains(owner(access)))))
                .as("work runs on executors that are handed in");
    }

    private static boolean isImpure(JavaClass type) {
        String packageName = type.getBaseComponentType().getPackageName();
        String name = type.getBaseComponentType().getName();
        boolean inPackage = IMPURE_PACKAGES.stream()
                .anyMatch(impure -> packageName.equals(impure) || packageName.startsWith(impure + "."));
        return (inPackage && !name.equals("java.io.Serializable")) || IMPURE_CLASSES.contains(name);
    }

    private static boolean asksTheWorld(JavaAccess<?> access) {
        boolean system = owner(access).equals("java.lang.System") && !PURE_SYSTEM_CALLS.contains(name(access));
        return system || readsClock(access) || draws(access);
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String owner = owner(access);
        boolean now = owner.startsWith("java.time.") && name(access).equals("now");
        boolean system = CLOCK_TYPES.contains(owner) && name(access).startsWith("system");
        boolean zone = owner.equals("java.time.ZoneId") && name(access).equals("systemDefault");
        boolean date = owner.equals("java.util.Date")
                && isConstructor(access)
                && parameters(access).isEmpty();
        boolean millis = owner.equals("java.lang.System") && name(access).equals("currentTimeMillis");
        return now || system || zone || date || millis;
    }

    private static boolean draws(JavaAccess<?> access) {
        String call = owner(access) + "." + name(access);
        boolean unseeded = isConstructor(access)
                && parameters(access).isEmpty()
                && Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom")
                        .contains(owner(access));
        return unseeded
                || owner(access).equals("java.util.concurrent.ThreadLocalRandom")
                || Set.of(
                                "java.util.UUID.randomUUID",
                                "java.lang.Math.random",
                                "java.util.random.RandomGenerator.getDefault",
                                "java.util.random.RandomGenerator.of")
                        .contains(call);
    }

    private static boolean sleeps(JavaAccess<?> access) {
        return name(access).equals("sleep")
                && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit").contains(owner(access));
    }

    private static boolean usesCommonPool(JavaAccess<?> access) {
        boolean future = owner(access).equals(CompletableFuture.class.getName())
                && name(access).endsWith("Async")
                && parameters(access).stream().noneMatch(type -> type.isEquivalentTo(Executor.class));
        boolean stream =
                owner(access).startsWith("java.util.stream.") && name(access).equals("parallel");
        return future || stream || Set.of("commonPool", "parallelStream").contains(name(access));
    }

    private static boolean isConstructor(JavaAccess<?> access) {
        return name(access).equals("<init>");
    }

    private static List<JavaClass> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget call
                ? call.getRawParameterTypes()
                : List.of();
    }

    private static String owner(JavaAccess<?> access) {
        return access.getTargetOwner().getName();
    }

    private static String name(JavaAccess<?> access) {
        return access.getTarget().getName();
    }

    private static ArchCondition<JavaClass> touch(String words, Predicate<JavaAccess<?>> forbidden) {
        return new ArchCondition<>(words) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getAccessesFromSelf()
                        .forEach(access -> events.add(
                                new SimpleConditionEvent(access, forbidden.test(access), access.getDescription())));
            }
        };
    }
}
