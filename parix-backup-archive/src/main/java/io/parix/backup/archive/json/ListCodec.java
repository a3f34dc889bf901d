package io.parix.backup.archive.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/** Lists as arrays, in their order, without null. */
record ListCodec(Type element) implements Codec {
    @Override
    public void write(Object value, JsonGenerator out, Codecs all) throws IOException {
        Codec each = all.of(element);
        out.writeStartArray();
        for (Object one : (List<?>) value) {
            each.write(one, out, all);
        }
        out.writeEndArray();
    }

    @Override
    public Object read(JsonParser in, Codecs all) throws IOException {
        Plain.require(in, JsonToken.START_ARRAY, "a list");
        Codec each = all.of(element);
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            list.add(each.read(in, all));
        }
        return list;
    }
}
