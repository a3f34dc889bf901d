package io.parix.backup.testkit.simulation;

import io.parix.backup.host.Capture;
import io.parix.backup.host.DatabaseFacts;
import io.parix.backup.host.HostAnswer;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ways in which calls go otherwise than asked for. */
final class Twists {
    /** Others have their turns before it. */
    static final Twist PAUSE = new Twist("pause", call -> {
        call.node().pause();
        return call.proceed();
    });

    /** Others have their turns before its answer arrives. */
    static final Twist PAUSE_AFTER = new Twist("pause-after", call -> {
        Object answer = call.proceed();
        call.node().pause();
        return answer;
    });

    /** The process ends before it. */
    static final Twist KILL_BEFORE = new Twist("kill-before", call -> {
        throw call.node().die();
    });

    /** The process ends after it. */
    static final Twist KILL_AFTER = new Twist("kill-after", call -> {
        call.proceed();
        throw call.node().die();
    });

    /** It is done, and the answer is lost. */
    static final Twist LOSE_ANSWER = new Twist("lose-answer", call -> {
        call.proceed();
        throw new ProviderException(ErrorKind.OUTCOME_UNKNOWN, "The answer to " + call.name() + " was lost.");
    });

    /** It is given up, and done a while later nevertheless. */
    static final Twist LAND_LATE = new Twist("land-late", call -> {
        call.node().world().later(call);
        throw new ProviderException(ErrorKind.OUTCOME_UNKNOWN, "No answer to " + call.name() + " came.");
    });

    /** Nothing happens until its time is up. */
    static final Twist HANG = new Twist("hang", call -> {
        call.node().world().pass(call.argument(CallContext.class).timeout());
        throw new ProviderException(ErrorKind.CANCELLED, "Stopped " + call.name() + ": its time was up.");
    });

    /** The stream of what is read breaks. */
    static final Twist BREAK = new Twist("break", call -> {
        Object answer = call.proceed();
        if (answer instanceof InputStream stream) {
            stream.close();
        }
        return new BrokenStream();
    });

    /** A bit is another one when it arrives. */
    static final Twist FLIP = new Twist("flip", call -> {
        Object answer = call.proceed();
        if (answer instanceof InputStream stream) {
            byte[] bytes = stream.readAllBytes();
            bytes[bytes.length / 2] ^= 4;
            return new ByteArrayInputStream(bytes);
        }
        return answer;
    });

    /** Some keys of a delete are not deleted. */
    static final Twist PARTIAL = new Twist("partial", call -> {
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        boolean done = false;
        for (Object key : call.argument(List.class)) {
            ObjectKey each = (ObjectKey) key;
            if (done) {
                outcomes.put(each, new DeleteOutcome.Failed(ErrorKind.UNAVAILABLE, "Try again."));
            } else {
                outcomes.putAll(call.node().world().remove(each));
            }
            done = !done;
        }
        return outcomes;
    });

    /** Everything of a delete is locked for a while. */
    static final Twist LOCKED = new Twist("locked", call -> {
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        for (Object key : call.argument(List.class)) {
            call.node().world().locks((ObjectKey) key);
            outcomes.put(
                    (ObjectKey) key,
                    new DeleteOutcome.Locked(call.node().world().now().plusSeconds(90)));
        }
        return outcomes;
    });

    /** What lies under a prefix may not be listed; what is to be swept there goes with its backup. */
    static final Twist LIST_DENIED = new Twist("refuse denied", call -> {
        call.node().world().leaves(call.argument(KeyPrefix.class));
        throw new ProviderException(ErrorKind.DENIED, call.name() + " is refused: denied.");
    });

    /** A snapshot is used by something else. */
    static final Twist IN_USE =
            new Twist("in-use", call -> new DeleteOutcome.Failed(ErrorKind.IN_USE, "A volume is being made of it."));

    /** The host knows of nothing. */
    static final Twist UNKNOWN = new Twist("unknown", call -> new DatabaseFacts.Unknown("the registry is away"));

    /** The host's step takes longer. */
    static final Twist PENDING =
            new Twist("pending", call -> HostAnswer.pending("the host is busy", Duration.ofSeconds(20)));

    /** The host cannot do its step. */
    static final Twist FAILED = new Twist("failed", call -> HostAnswer.failed("the host cannot"));

    /** The images take longer. */
    static final Twist CAPTURE_LATER =
            new Twist("pending", call -> new Capture.Pending("the replicas are stopping", Duration.ofSeconds(20)));

    /** The host's own code fails. */
    static final Twist THROW = new Twist("throw", call -> {
        throw new IllegalStateException("the host fails at " + call.name());
    });

    /** The host's own code does it, and fails. */
    static final Twist THROW_AFTER = new Twist("throw-after", call -> {
        call.proceed();
        throw new IllegalStateException("the host fails after " + call.name());
    });

    /** A file cannot be written or read. */
    static final Twist DISK = new Twist("disk", call -> {
        throw new IOException("Input/output error");
    });

    /** A wake-up is lost. */
    static final Twist LOSE = new Twist("lose", Twists::nothing);

    private Twists() {}

    private static @Nullable Object nothing(Call call) {
        return null;
    }

    /** The call takes so long, before it is done. */
    static Twist delay(Duration time) {
        return new Twist("delay " + time, call -> {
            call.node().world().pass(time);
            return call.proceed();
        });
    }

    /** The answer takes so long. */
    static Twist delayAfter(Duration time) {
        return new Twist("delay-after " + time, call -> {
            Object answer = call.proceed();
            call.node().world().pass(time);
            return answer;
        });
    }

    /** It is refused, and not done. */
    static Twist refuse(ErrorKind kind) {
        return new Twist("refuse " + kind.code(), call -> {
            String message = call.name() + " is refused: " + kind.code() + ".";
            throw kind == ErrorKind.THROTTLED
                    ? ProviderException.throttled(message, Duration.ofSeconds(7), null)
                    : new ProviderException(kind, message);
        });
    }
}
