package io.parix.backup.archive.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records as objects with sorted keys. The class is looked at once: rows are read often, and reflection is slow. */
final class RecordCodec implements Codec {
    private final Constructor<?> constructor;
    private final List<Part> parts;

    RecordCodec(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        List<Part> found = new ArrayList<>();
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            found.add(Part.of(i, components[i]));
        }
        found.sort(Comparator.comparing(Part::name));
        this.parts = List.copyOf(found);
        try {
            this.constructor = type.getDeclaredConstructor(types);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("A record has no constructor of its components: " + type, e);
        }
        constructor.setAccessible(true);
    }

    @Override
    public void write(Object value, JsonGenerator out, Codecs all) throws IOException {
        out.writeStartObject();
        for (Part part : parts) {
            Object inner = part.of(value);
            if (inner != null) {
                out.writeFieldName(part.name);
                all.of(part.type).write(inner, out, all);
            } else if (!part.optional) {
                throw new IllegalArgumentException("A " + value.getClass().getSimpleName() + " lacks " + part.name);
            } else if (all.withNulls()) {
                out.writeNullField(part.name);
            }
        }
        out.writeEndObject();
    }

    @Override
    public Object read(JsonParser in, Codecs all) throws IOException {
        Plain.require(in, JsonToken.START_OBJECT, "an object");
        @Nullable Object[] values = new @Nullable Object[parts.size()];
        boolean[] there = new boolean[parts.size()];
        int likely = 0;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            int number = number(in, field, likely);
            likely = number + 1;
            Part part = parts.get(number);
            if (there[part.place]) {
                throw new JsonParseException(in, "The field " + part.name + " is there twice");
            }
            there[part.place] = true;
            if (in.nextToken() != JsonToken.VALUE_NULL) {
                values[part.place] = all.of(part.type).read(in, all);
            } else if (!part.optional || !all.withNulls()) {
                throw new JsonParseException(in, "The field " + part.name + " is null");
            }
        }
        for (Part part : parts) {
            if (!there[part.place] && (!part.optional || all.withNulls())) {
                throw new JsonParseException(in, "The field " + part.name + " is missing");
            }
        }
        return make(in, values);
    }

    /** Fields come in the order of the parts, so the likely one is looked at first. */
    private int number(JsonParser in, String field, int likely) throws IOException {
        for (int i = 0; i < parts.size(); i++) {
            int number = (likely + i) % parts.size();
            if (parts.get(number).name.equals(field)) {
                return number;
            }
        }
        throw new JsonParseException(in, "There is an unknown field");
    }

    private Object make(JsonParser in, @Nullable Object[] values) throws IOException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            Throwable refusal = e.getTargetException();
            throw new JsonParseException(in, "Impossible value (" + refusal.getMessage() + ")", refusal);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("A record cannot be made by " + constructor, e);
        }
    }

    /** A component of the record. */
    private record Part(int place, String name, Type type, boolean optional, Method accessor) {
        static Part of(int place, RecordComponent component) {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return new Part(
                    place,
                    component.getName(),
                    component.getGenericType(),
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                    accessor);
        }

        @Nullable
        Object of(Object whole) {
            try {
                return accessor.invoke(whole);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A record does not show its component " + name, e);
            }
        }
    }
}
