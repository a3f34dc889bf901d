package io.parix.backup.testkit.fault;

import io.parix.backup.host.Capture;
import io.parix.backup.host.Image;
import io.parix.backup.host.StagedFile;
import io.parix.backup.host.Staging;
import io.parix.backup.spi.VolumeSnapshots;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to one port, on which faults lie.
 *
 * @param <T> the port
 * @param faults the faults
 * @param port the port
 * @param right what is behind it
 * @param label what the port is about where its calls do not say so: the name of an image, the replica of a file
 */
record Gate<T>(Faults faults, Class<T> port, T right, String label) implements InvocationHandler {
    T proxy() {
        return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, this));
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(method, arguments);
        }
        faults.settle();
        GatedCall call = GatedCall.of(this, method, arguments);
        return handedOut(call.answered(), call);
    }

    private Object ofObject(Method method, @Nullable Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> right.equals(arguments == null ? null : behind(arguments[0]));
            case "hashCode" -> right.hashCode();
            default -> right.toString();
        };
    }

    private static @Nullable Object behind(@Nullable Object other) {
        boolean gated = other != null
                && Proxy.isProxyClass(other.getClass())
                && Proxy.getInvocationHandler(other) instanceof Gate<?>;
        return gated && other != null ? ((Gate<?>) Proxy.getInvocationHandler(other)).right : other;
    }

    /** By what the method promises: one object may be several ports. */
    private @Nullable Object handedOut(@Nullable Object answer, GatedCall call) {
        Class<?> promised = call.method().getReturnType();
        if (answer instanceof Optional<?> optional && optional.orElse(null) instanceof VolumeSnapshots snapshots) {
            return Optional.of(gated(VolumeSnapshots.class, snapshots, ""));
        } else if (answer instanceof Capture.Ready ready) {
            return new Capture.Ready(ready.images().stream()
                    .map(image -> gated(Image.class, image, image.name()))
                    .toList());
        }
        return answer != null && Ports.all().contains(promised) ? handedOut(promised, answer, call) : answer;
    }

    private <H> H handedOut(Class<H> promised, Object answer, GatedCall call) {
        boolean staged = promised == Staging.class || promised == StagedFile.class;
        return gated(promised, promised.cast(answer), staged ? call.subject() : "");
    }

    private <H> H gated(Class<H> type, H behind, String about) {
        return new Gate<>(faults, type, behind, about).proxy();
    }
}
