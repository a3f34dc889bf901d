package io.parix.backup.archive.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** How values of one type are written, and read again from the token that the parser stands on. Null is the record's affair. */
interface Codec {
    void write(Object value, JsonGenerator out, Codecs all) throws IOException;

    Object read(JsonParser in, Codecs all) throws IOException;
}
