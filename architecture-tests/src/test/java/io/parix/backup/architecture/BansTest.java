package io.parix.backup.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.parix.backup.archive.wrong.StartsAThread;
import io.parix.backup.archive.wrong.UsesAnExecutor;
import io.parix.backup.archive.wrong.UsesTheCommonPool;
import io.parix.backup.core.wrong.DoesInputAndOutput;
import io.parix.backup.core.wrong.DrawsByItself;
import io.parix.backup.core.wrong.ReadsTheClock;
import io.parix.backup.engine.wrong.KeepsStaticState;
import io.parix.backup.engine.wrong.PrintsAndSleeps;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What library code may not do by itself; benchmarks, examples and command lines may. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BansTest {
    /**
     * Rooms whose work runs on executors handed in. The engine makes its own where the host gives none, and the GCP provider has a
     * timer for each place, for Google's client has no deadlines, and a thread for an access token that is being fetched.
     */
    private static final Set<Room> WITHOUT_THREADS =
            Set.of(Room.API, Room.CORE, Room.ARCHIVE, Room.PROVIDER_LOCAL, Room.PROVIDER_AWS, Room.PROVIDER_IN_A_DAY);

    private final JavaClasses libraries = Scan.classesOf(Room.LIBRARIES);

    @Test
    void coreIsPure() {
        Scan.holds(Calls.pure(), Scan.classesOf(Room.CORE));
    }

    @Test
    void impureCoreIsCaught() {
        Scan.bites(Calls.pure(), Scan.wrong(DoesInputAndOutput.class), "java.nio.file.Files", "java.io.IOException");
        Scan.bites(Calls.pure(), Scan.wrong(ReadsTheClock.class), "Instant.now()", "nanoTime()");
        Scan.bites(Calls.pure(), Scan.wrong(DrawsByItself.class), "randomUUID()", "java.util.Random");
    }

    @Test
    void librariesReadNoClockAndDrawNoChance() {
        Scan.holds(Calls.noClockOrChanceOfItsOwn(), libraries);
    }

    @Test
    void aClockOrChanceOfItsOwnIsCaught() {
        Scan.bites(
                Calls.noClockOrChanceOfItsOwn(),
                Scan.wrong(ReadsTheClock.class, DrawsByItself.class),
                "currentTimeMillis()",
                "references method <java.time.Instant.now()>",
                "randomUUID()",
                "Math.random()");
    }

    @Test
    void librariesPrintNothing() {
        Scan.holds(Calls.noConsole(), libraries);
    }

    @Test
    void librariesNeitherSleepNorUseTheCommonPool() {
        Scan.holds(Calls.noSleepingAndNoCommonPool(), libraries);
    }

    @Test
    void printingSleepingAndTheCommonPoolAreCaught() {
        Scan.bites(
                Calls.noConsole(), Scan.wrong(PrintsAndSleeps.class), "System.out", "System.err", "printStackTrace()");
        Scan.bites(Calls.noSleepingAndNoCommonPool(), Scan.wrong(PrintsAndSleeps.class), "Thread.sleep(");
        Scan.bites(
                Calls.noSleepingAndNoCommonPool(),
                Scan.wrong(UsesTheCommonPool.class),
                "supplyAsync(java.util.function.Supplier)",
                "commonPool()",
                "parallelStream()",
                "Stream.parallel()");
    }

    @Test
    void anExecutorThatIsHandedInIsFine() {
        Scan.holds(Calls.noSleepingAndNoCommonPool(), Scan.wrong(UsesAnExecutor.class));
    }

    @Test
    void roomsWithoutThreadsStartNone() {
        WITHOUT_THREADS.forEach(room -> Scan.holds(Calls.noThreadsOfItsOwn(), Scan.classesOf(room)));
    }

    @Test
    void aThreadOfItsOwnIsCaught() {
        Scan.bites(Calls.noThreadsOfItsOwn(), Scan.wrong(StartsAThread.class), "java.lang.Thread.<init>", "Executors");
    }

    @Test
    void librariesHaveNoStaticMutableState() {
        Scan.holds(Rules.noStaticMutableState(), libraries);
    }

    @Test
    void staticStateIsCaught() {
        Scan.bites(Rules.noStaticMutableState(), Scan.wrong(KeepsStaticState.class), "counter", "CACHE", "CURRENT");
    }
}
