package io.parix.backup.archive.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.function.Function;

/** Values as others that stand for them. */
record StandIn<T, V>(Class<V> other, Function<T, V> to, Function<V, T> from) implements Codec {
    @Override
    @SuppressWarnings("unchecked") // registered for T
    public void write(Object value, JsonGenerator out, Codecs all) throws IOException {
        all.of(other).write(to.apply((T) value), out, all);
    }

    @Override
    public Object read(JsonParser in, Codecs all) throws IOException {
        V standing = other.cast(all.of(other).read(in, all));
        try {
            return from.apply(standing);
        } catch (RuntimeException e) {
            throw new JsonParseException(in, "Impossible value (" + e.getMessage() + ")", e);
        }
    }
}
