package io.parix.backup.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.parix.backup.engine.wrong.BackupManager;
import io.parix.backup.engine.wrong.BaseStore;
import io.parix.backup.engine.wrong.KeyUtils;
import io.parix.backup.engine.wrong.NotOurNames;
import io.parix.backup.spi.wrong.NamesACloud;
import io.parix.backup.spi.wrong.OpenValue;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Names and shapes: what a reader meets first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NamesTest {
    private final JavaClasses libraries = Scan.classesOf(Room.LIBRARIES);

    @Test
    void noNameEndsInAWordThatSaysNothing() {
        Scan.holds(Rules.noBannedNames(), Scan.classesOf(EnumSet.allOf(Room.class)));
    }

    @Test
    void aNameThatSaysNothingIsCaught() {
        Scan.bites(
                Rules.noBannedNames(),
                Scan.wrong(BackupManager.class, KeyUtils.class, BaseStore.class, BackupManager.StoreImpl.class),
                "BackupManager",
                "KeyUtils",
                "BaseStore",
                "StoreImpl");
    }

    @Test
    void accessorsHaveNoGetPrefix() {
        Scan.holds(Rules.noGetPrefix(), libraries);
    }

    @Test
    void noMethodButAPrivateOneTakesABoolean() {
        Scan.holds(Rules.noBooleanParameters(), libraries);
    }

    @Test
    void getPrefixesAndBooleanParametersAreCaught() {
        Scan.bites(Rules.noGetPrefix(), Scan.wrong(BackupManager.class), "getName()");
        Scan.bites(Rules.noBooleanParameters(), Scan.wrong(BackupManager.class), "open(boolean)");
    }

    @Test
    void namesThatAnotherTypePrescribesAreFine() {
        Scan.holds(Rules.noGetPrefix(), Scan.wrong(NotOurNames.class));
        Scan.holds(Rules.noBooleanParameters(), Scan.wrong(NotOurNames.class));
    }

    @Test
    void theApiNamesNoCloud() {
        Scan.holds(Rules.noCloudIsNamed(), Scan.classesOf(Room.API));
    }

    @Test
    void publicClassesOfTheApiAreClosed() {
        Scan.holds(Rules.publicClassesAreClosed(), Scan.classesOf(Room.API));
    }

    @Test
    void everyExceptionIsABackupException() {
        for (Room room : EnumSet.complementOf(EnumSet.of(Room.BENCHMARKS, Room.EXAMPLES, Room.TESTKIT))) {
            Scan.holds(Rules.exceptionsAreOfOneFamily(), Scan.classesOf(room));
        }
    }

    @Test
    void cloudsOpenClassesAndStrayExceptionsAreCaught() {
        Scan.bites(Rules.noCloudIsNamed(), Scan.wrong(NamesACloud.class), "NamesACloud");
        Scan.bites(Rules.publicClassesAreClosed(), Scan.wrong(OpenValue.class), "OpenValue");
        Scan.bites(Rules.exceptionsAreOfOneFamily(), Scan.wrong(OpenValue.StrayException.class), "StrayException");
    }
}
