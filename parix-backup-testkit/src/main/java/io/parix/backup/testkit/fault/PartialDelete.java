package io.parix.backup.testkit.fault;

import io.parix.backup.spi.DeleteOutcome;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A delete of which some objects stay. */
final class PartialDelete {
    private PartialDelete() {}

    static boolean fits(Method method) {
        return method.getDeclaringClass() == ObjectStore.class
                && method.getName().equals("delete");
    }

    static Map<ObjectKey, DeleteOutcome> of(Call call, Refusal why) throws Throwable {
        DeleteOutcome kept = outcome(why.of(call));
        Map<ObjectKey, DeleteOutcome> outcomes = new LinkedHashMap<>();
        List<Object> others = new ArrayList<>();
        for (Object key : call.argument(List.class)) {
            ObjectKey each = (ObjectKey) key;
            outcomes.put(each, kept);
            if (!call.struck().contains(each.value())) {
                others.add(each);
            }
        }
        if (!others.isEmpty()) {
            List<@Nullable Object> arguments = new ArrayList<>(call.arguments());
            arguments.set(0, others);
            if (call.proceedWith(arguments) instanceof Map<?, ?> done) {
                done.forEach((key, outcome) -> outcomes.put((ObjectKey) key, (DeleteOutcome) outcome));
            }
        }
        return outcomes;
    }

    private static DeleteOutcome outcome(Throwable why) {
        if (!(why instanceof ProviderException e)) {
            throw new IllegalStateException("A place keeps an object for a ProviderException's reason, not for", why);
        }
        return e.kind() == ErrorKind.LOCKED
                ? new DeleteOutcome.Locked(e.lockedUntil().orElse(null))
                : new DeleteOutcome.Failed(e.kind(), String.valueOf(e.getMessage()));
    }
}
