package io.parix.backup.archive.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The codec of every type that is known; those of records are made when they are first met. */
final class Codecs {
    private final Map<Type, Codec> byType = new ConcurrentHashMap<>();
    private final boolean withNulls;

    Codecs(Map<Class<?>, Codec> values, boolean withNulls) {
        this.withNulls = withNulls;
        byType.putAll(Plain.CODECS);
        byType.putAll(values);
    }

    /** Whether null is written, and must be there, instead of a field that is left out. */
    boolean withNulls() {
        return withNulls;
    }

    Codec of(Type type) {
        Codec known = byType.get(type);
        if (known != null) {
            return known;
        }
        Codec made = make(type);
        byType.put(type, made);
        return made;
    }

    private static Codec make(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            return new ListCodec(list.getActualTypeArguments()[0]);
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return new RecordCodec(record);
        }
        throw new IllegalStateException("Nobody said how " + type.getTypeName() + " looks in JSON");
    }
}
