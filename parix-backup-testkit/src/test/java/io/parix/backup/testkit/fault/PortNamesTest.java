package io.parix.backup.testkit.fault;

import static io.parix.backup.testkit.fault.Effect.corrupt;
import static io.parix.backup.testkit.fault.Effect.drop;
import static io.parix.backup.testkit.fault.Effect.hang;
import static io.parix.backup.testkit.fault.Effect.keep;
import static io.parix.backup.testkit.fault.Fault.answer;
import static io.parix.backup.testkit.fault.Fault.fail;
import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.host.HostAnswer;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls a fault's name means, and that a wrong one is refused at once, with what there is. */
class PortNamesTest {
    private static final Refusal NO = refused(ErrorKind.DENIED, "no");

    private static void refuses(ThrowingCallable call, String... words) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    get                          | ObjectStore.get(ObjectKey,ByteRange,CallContext)
                    ObjectStore.get              | ObjectStore.get(ObjectKey,ByteRange,CallContext)
                    VolumeSnapshots.delete       | VolumeSnapshots.delete(String,CallContext)
                    Catalog.write(JobWrite)      | Catalog.write(JobWrite)
                    Catalog.find(Set)            | Catalog.find(Set)
                    ProviderSession.close        | ProviderSession.close()
                    StagedFile.write             | StagedFile.write(long,ByteBuffer)
                    Staging.open(int)            | Staging.open(int)
                    """)
    @DisplayName("I2 a fault strikes the method that its name means")
    void means(String name, String signature) {
        assertThat(Ports.find(name)).containsOnlyKeys(signature);
    }

    @Test
    @DisplayName("I2 a name without types means every method of its name in its port, and a star all methods")
    void meansSeveral() {
        assertThat(Ports.find("capture")).hasSize(2);
        assertThat(Ports.find("Catalog.write")).hasSize(3);
        assertThat(Ports.find("ObjectStore.*")).hasSize(5);
    }

    @Test
    @DisplayName("I2 a name that no port has is refused at once with those that there are")
    void unknown() {
        refuses(() -> fail("put"), "No port has a method put", "ObjectStore.putIfAbsent", "RestoreHost.swap");
        refuses(() -> fail("ObjectStore.put"), "ObjectStore.put", "There are ObjectStore.delete, ObjectStore.get");
        refuses(() -> fail("Store.get"), "There is no port Store", "ObjectStore, Organizations");
        refuses(() -> fail("Catalog.write(String)"), "Catalog.write(String)");
        refuses(() -> fail("get it"), "'get it'", "ObjectStore.get");
        refuses(() -> Faults.on(new StoreFixture().clock).calls("put"), "No port has a method put");
    }

    @Test
    @DisplayName("I2 a name that several ports have is refused at once with whose it may be")
    void ambiguous() {
        refuses(() -> fail("delete"), "ObjectStore.delete or VolumeSnapshots.delete");
        refuses(() -> strike("release"), "Catalog.release or ReplicaImages.release or RestoreHost.release");
    }

    @Test
    @DisplayName("I2 an effect that no call of the name can meet with is refused at once; one that some can is not")
    void fits() {
        refuses(() -> strike("fenceOld").with(hang()), "fenceOld", "hangs");
        refuses(() -> strike("wake").with(corrupt(Damage.flip(0))), "wake");
        refuses(() -> strike("insert").with(drop()), "insert");
        refuses(() -> strike("VolumeSnapshots.delete").with(keep(NO)), "VolumeSnapshots.delete");
        refuses(() -> answer("VolumeSnapshots.delete").with(HostAnswer.done()), "VolumeSnapshots.delete");
        assertThat(answer("VolumeSnapshots.delete").with(new DeleteOutcome.Absent()))
                .hasToString("VolumeSnapshots.delete, every call: answers Absent[]");
        assertThat(strike("Catalog.*").with(drop())).isNotNull();
    }

    @Test
    @DisplayName("I2 what is not a port is refused, and named")
    void noPort() {
        Faults faults = new StoreFixture().faults;
        refuses(() -> faults.before(Runnable.class, () -> {}), "java.lang.Runnable", "Catalog");
        assertThatThrownBy(() -> new Turns(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Turns(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName(
            "I2 every effect is a method of its port; and the ports are all that the engine is built with or hands on")
    void effectsAreMethods() {
        for (Class<?> port : Ports.all()) {
            Set<String> methods =
                    Ports.methods(port).stream().map(Method::getName).collect(Collectors.toSet());
            assertThat(methods).as(port.getName()).containsAll(Ports.effectsOf(port));
        }
    }

    @Test
    @DisplayName(
            "I2 a method that answers nothing, takes bytes or begins something is an effect, or stands here as a look")
    void looksAreFew() {
        Map<String, Method> silent = Ports.all().stream()
                .flatMap(port -> Ports.methods(port).stream()
                        .filter(method -> method.getReturnType() == void.class)
                        .filter(method -> !Ports.known(port, method).effect())
                        .map(method -> Map.entry(Ports.signature(port, method), method)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(silent)
                .containsOnlyKeys(
                        "Dispatcher.start(Set,Consumer,Runnable)",
                        "Dispatcher.close()",
                        "ProviderSession.close()",
                        "Staging.close()",
                        "StagedFile.close()");
    }
}
