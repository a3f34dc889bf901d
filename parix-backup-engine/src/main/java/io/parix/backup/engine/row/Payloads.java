package io.parix.backup.engine.row;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What backup and restore payloads share. */
final class Payloads {
    static final int VERSION = 1;

    private Payloads() {}

    static void requireVersion(String job, int version) {
        if (version != VERSION) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read job " + job + ": its payload has version " + version + ", this release knows "
                            + VERSION + ". Upgrade before touching it.");
        }
    }

    /** Refuses a payload that lacks what no state may lack: a record's component that is not nullable. */
    static void requireWhole(String job, @Nullable Object value) {
        if (value instanceof List<?> list) {
            list.forEach(element -> requireWhole(job, element));
        } else if (there(job, "all", value) instanceof Record part) {
            for (RecordComponent component : part.getClass().getRecordComponents()) {
                Object inner = read(part, component);
                boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                if (inner != null || !optional) {
                    requireWhole(job, there(job, component.getName(), inner));
                }
            }
        }
    }

    private static @Nullable Object read(Record part, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(part);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record does not show its component " + component.getName(), e);
        }
    }

    static <T> T there(String job, String what, @Nullable T value) {
        if (value == null) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN, "Cannot read job " + job + ": its payload lacks " + what + ".");
        }
        return value;
    }
}
