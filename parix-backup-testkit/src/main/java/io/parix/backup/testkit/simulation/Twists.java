package io.parix.backup.testkit.simulation;

import static io.parix.backup.testkit.fault.Refusal.refused;
import static io.parix.backup.testkit.fault.Refusal.thrown;

import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.host.Image;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.testkit.fault.Call;
import io.parix.backup.testkit.fault.Effect;
import io.parix.backup.testkit.fault.Refusal;
import io.parix.backup.testkit.host.InMemoryHost;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What becomes of calls in a run: the effects that anybody can script, and those that take several processes. */
final class Twists {
    /** Others have their turns before it. */
    static final Effect PAUSE = of("waits before it", call -> {
        call.node().pause();
        return call.proceed();
    });

    /** Others have their turns before its answer arrives. */
    static final Effect PAUSE_AFTER = of("waits after it", call -> {
        Object answer = call.proceed();
        call.node().pause();
        return answer;
    });

    /** The process ends before it. */
    static final Effect KILL_BEFORE = of("meets death before it", call -> {
        throw call.node().die();
    });

    /** The process ends after it. */
    static final Effect KILL_AFTER = of("meets death after it", call -> {
        call.proceed();
        throw call.node().die();
    });

    /** It is given up, and done a while later nevertheless, even if its process has ended. */
    static final Effect LAND_LATE = of("lands late", call -> {
        call.node().world().later(call);
        throw new ProviderException(ErrorKind.OUTCOME_UNKNOWN, "No answer to " + call.name() + " came.");
    });

    /** Every second key of a delete is not deleted. */
    static final Effect PARTIAL = of("is done in part", Twists::inPart);

    /** Everything of a delete is locked for a while. */
    static final Effect LOCKED = of("meets locks", call -> {
        World world = call.node().world();
        keys(call).forEach(world::locks);
        Instant until = world.now().plusSeconds(90);
        return Effect.keep(Refusal.locked(until)).on(call);
    });

    /** What lies under a prefix may not be listed; what is to be swept there goes with its backup. */
    static final Effect LIST_DENIED = of("is denied", call -> {
        CallContext context = call.argument(CallContext.class);
        if (context.purpose() == CallContext.Purpose.SWEEP) {
            call.node().world().leaves(context.job());
        }
        throw new ProviderException(ErrorKind.DENIED, call.name() + " is refused: denied.");
    });

    /** A snapshot is used by something else. */
    static final Effect IN_USE =
            answer("in use", new DeleteOutcome.Failed(ErrorKind.IN_USE, "A volume is being made of it."));

    /** The host knows of nothing. */
    static final Effect UNKNOWN = answer("unknown", new DatabaseFacts.Unknown("the registry is away"));

    /** The host's step takes longer. */
    static final Effect PENDING = answer("pending", HostAnswer.pending("the host is busy", Duration.ofSeconds(20)));

    /** The host cannot do its step. */
    static final Effect FAILED = answer("failed", HostAnswer.failed("the host cannot"));

    /** The images take longer. */
    static final Effect CAPTURE_LATER =
            answer("pending", new Capture.Pending("the replicas are stopping", Duration.ofSeconds(20)));

    /** One of the images is not whole. */
    static final Effect CUT_SHORT = of("gives half an image", call -> {
        Object answer = call.proceed();
        return answer instanceof Capture.Ready ready ? first(ready, ShortImage::new) : answer;
    });

    /** One of the images is of a file that a replica still writes to. */
    static final Effect MOVES = of("gives an image that moves", call -> {
        Object answer = call.proceed();
        return answer instanceof Capture.Ready ready ? first(ready, MovingImage::new) : answer;
    });

    /** The host's process ends when one of several files is another one. */
    static final Effect HALF = of("is done by half", call -> {
        InMemoryHost host = call.node().world().host();
        if (call.method().getName().equals("swap")) {
            host.dieInSwap();
        } else {
            host.dieInSwapBack();
        }
        return call.proceed();
    });

    /** The host's own code fails. */
    static final Effect THROW = Effect.fail(thrown(() -> new IllegalCallerException("the host fails")));

    /** A file cannot be written or read. */
    static final Effect DISK = Effect.fail(thrown(() -> new IOException("Input/output error")));

    private Twists() {}

    /** What is done in place of a call whose process is known. */
    private interface Way {
        @Nullable
        Object of(PortCall call) throws Throwable;
    }

    private static Effect of(String words, Way way) {
        return Effect.of(words, call -> way.of((PortCall) call));
    }

    private static Effect answer(String words, Object answer) {
        return Effect.of("is answered " + words, call -> answer);
    }

    /** It is refused, and not done. */
    static Effect refuse(ErrorKind kind) {
        return Effect.fail(
                kind == ErrorKind.THROTTLED
                        ? Refusal.throttled(Duration.ofSeconds(7))
                        : refused(kind, "Refused: " + kind.code() + "."));
    }

    private static Capture.Ready first(Capture.Ready ready, UnaryOperator<Image> other) {
        List<Image> images = new ArrayList<>(ready.images());
        images.set(0, other.apply(images.get(0)));
        return new Capture.Ready(images);
    }

    private static Map<ObjectKey, DeleteOutcome> inPart(PortCall call) throws Throwable {
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        List<Object> others = new ArrayList<>();
        for (ObjectKey key : keys(call)) {
            if (outcomes.size() % 2 == 0) {
                others.add(key);
            }
            outcomes.put(key, new DeleteOutcome.Failed(ErrorKind.UNAVAILABLE, "Try again."));
        }
        List<@Nullable Object> arguments = new ArrayList<>(call.arguments());
        arguments.set(0, others);
        if (call.proceedWith(arguments) instanceof Map<?, ?> done) {
            done.forEach((key, outcome) -> outcomes.put((ObjectKey) key, (DeleteOutcome) outcome));
        }
        return outcomes;
    }

    private static List<ObjectKey> keys(Call call) {
        List<ObjectKey> keys = new ArrayList<>();
        for (Object key : call.argument(List.class)) {
            keys.add((ObjectKey) key);
        }
        return keys;
    }
}
