package io.parix.backup.engine.row;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What backup and restore payloads share. */
final class Payloads {
    static final int VERSION = 1;

    private static final ClassValue<List<Part>> PARTS = new ClassValue<>() {
        @Override
        protected List<Part> computeValue(Class<?> type) {
            return Part.of(type);
        }
    };

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
            for (Part component : PARTS.get(part.getClass())) {
                Object inner = component.of(part);
                if (inner != null || !component.optional()) {
                    requireWhole(job, there(job, component.name(), inner));
                }
            }
        }
    }

    /** A component of a record, looked at once per class: rows are read often, and reflection is slow. */
    private record Part(String name, boolean optional, Method accessor) {
        static List<Part> of(Class<?> type) {
            return Arrays.stream(type.getRecordComponents()).map(Part::of).toList();
        }

        private static Part of(RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            return new Part(component.getName(), optional, accessor);
        }

        @Nullable
        Object of(Record whole) {
            try {
                return accessor.invoke(whole);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A record does not show its component " + name, e);
            }
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
