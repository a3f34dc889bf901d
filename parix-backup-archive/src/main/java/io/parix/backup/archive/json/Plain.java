package io.parix.backup.archive.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;

/** What every JSON knows. A number is never taken for a text, nor a text or a fraction for a whole number. */
enum Plain implements Codec {
    TEXT {
        @Override
        public void write(Object value, JsonGenerator out, Codecs all) throws IOException {
            out.writeString((String) value);
        }

        @Override
        public Object read(JsonParser in, Codecs all) throws IOException {
            require(in, JsonToken.VALUE_STRING, "a text");
            return in.getText();
        }
    },
    INT {
        @Override
        public void write(Object value, JsonGenerator out, Codecs all) throws IOException {
            out.writeNumber((int) value);
        }

        @Override
        public Object read(JsonParser in, Codecs all) throws IOException {
            require(in, JsonToken.VALUE_NUMBER_INT, "a whole number");
            return in.getIntValue();
        }
    },
    LONG {
        @Override
        public void write(Object value, JsonGenerator out, Codecs all) throws IOException {
            out.writeNumber((long) value);
        }

        @Override
        public Object read(JsonParser in, Codecs all) throws IOException {
            require(in, JsonToken.VALUE_NUMBER_INT, "a whole number");
            return in.getLongValue();
        }
    },
    BOOLEAN {
        @Override
        public void write(Object value, JsonGenerator out, Codecs all) throws IOException {
            out.writeBoolean((boolean) value);
        }

        @Override
        public Object read(JsonParser in, Codecs all) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_TRUE) {
                require(in, JsonToken.VALUE_FALSE, "true or false");
            }
            return in.getBooleanValue();
        }
    };

    static final Map<Type, Codec> CODECS = Map.of(
            String.class,
            TEXT,
            int.class,
            INT,
            Integer.class,
            INT,
            long.class,
            LONG,
            Long.class,
            LONG,
            boolean.class,
            BOOLEAN,
            Boolean.class,
            BOOLEAN);

    static void require(JsonParser in, JsonToken wanted, String words) throws IOException {
        if (in.currentToken() != wanted) {
            throw new JsonParseException(in, "Wanted is " + words + ", there is " + in.currentToken());
        }
    }
}
