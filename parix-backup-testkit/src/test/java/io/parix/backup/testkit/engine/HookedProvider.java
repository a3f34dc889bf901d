package io.parix.backup.testkit.engine;

import static io.parix.backup.testkit.fault.Fault.strike;
import static io.parix.backup.testkit.fault.Fault.strikeAny;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ConfigurationMistake;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderSession;
import io.parix.backup.spi.StorageLocation;
import io.parix.backup.spi.VolumeSnapshots;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The provider of a fixture, with something happening just before a put of a job, and its sessions counted. */
final class HookedProvider implements BackupProvider {
    /** What happens happens while the call is under way: it is done, whatever has become of its caller. */
    private static final CallContext IN_FLIGHT =
            new CallContext(Duration.ofMinutes(5), () -> false, "in-flight", CallContext.Purpose.DATA);

    private final Faults faults = Faults.on(() -> Instant.EPOCH, time -> {});
    private final BackupProvider way;
    private Runnable look = () -> {};

    HookedProvider(BackupProvider provider, Consumer<String> beforePut) {
        way = faults.before(BackupProvider.class, provider);
        faults.add(strike("putIfAbsent")
                .with(Effect.of("is waited for", call -> {
                    beforePut.accept(call.subject());
                    return call.proceed();
                }))
                .when("of a job", call -> !call.subject().contains("parix-installation-")));
    }

    /** The calls of this provider are done also when their caller has been cancelled meanwhile. */
    HookedProvider landing() {
        faults.add(
                strikeAny().with(Effect.of("lands", HookedProvider::land)).when("on its way", HookedProvider::isMet));
        return this;
    }

    /** Something happens before these verbs, too. */
    HookedProvider before(String... verbs) {
        Set<String> lookedAt = Set.of(verbs);
        faults.add(strikeAny()
                .with(Effect.before("is looked at", () -> look.run()))
                .when(
                        "of some verbs",
                        call -> isMet(call) && lookedAt.contains(call.method().getName())));
        return this;
    }

    /** What happens before the other verbs. */
    void looking(Runnable happening) {
        look = happening;
    }

    int opened() {
        return faults.calls("BackupProvider.open");
    }

    int closed() {
        return faults.calls("ProviderSession.close");
    }

    private static boolean isMet(Call call) {
        return call.port() == ObjectStore.class || call.port() == VolumeSnapshots.class;
    }

    private static @Nullable Object land(Call call) throws Throwable {
        List<@Nullable Object> arguments = new ArrayList<>(call.arguments());
        arguments.replaceAll(each -> each instanceof CallContext ? IN_FLIGHT : each);
        return call.proceedWith(arguments);
    }

    @Override
    public String id() {
        return way.id();
    }

    @Override
    public int spiVersion() {
        return way.spiVersion();
    }

    @Override
    public List<ConfigurationMistake> check(StorageLocation location) {
        return way.check(location);
    }

    @Override
    public ProviderSession open(StorageLocation location) {
        return way.open(location);
    }
}
