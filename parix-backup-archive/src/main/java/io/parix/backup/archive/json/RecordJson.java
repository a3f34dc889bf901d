package io.parix.backup.archive.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Records as JSON objects and back. Keys are sorted, so that equal records give equal bytes, and nothing is read that was
 * not written so: an unknown, repeated, missing or mistyped field is refused, and so is null where a component is not
 * {@code @Nullable}. What a component of another type looks like is told to the {@link Builder}.
 *
 * <p>Safe for concurrent calls.
 */
public final class RecordJson {
    /** The deepest nesting that is read. */
    public static final int DEEPEST = 20;

    private final JsonFactory factory;
    private final Codecs codecs;
    private final boolean indented;

    private RecordJson(Builder from) {
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxDocumentLength(from.longest)
                        .build())
                .build();
        this.codecs = new Codecs(from.values, from.withNulls);
        this.indented = from.indented;
    }

    /**
     * Begins with what every JSON knows: texts, whole numbers, booleans, lists and records.
     *
     * @param longest the longest document that is read, in bytes
     * @return a builder
     */
    public static Builder upTo(int longest) {
        return new Builder(longest);
    }

    /**
     * Writes a record.
     *
     * @param whole any whose components' types are known
     * @return UTF-8
     */
    public byte[] write(Record whole) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = factory.createGenerator(bytes)) {
            if (indented) {
                out.setPrettyPrinter(printer());
            }
            codecs.of(whole.getClass()).write(whole, out, codecs);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a " + whole.getClass().getSimpleName() + " to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a record.
     *
     * @param json foreign bytes
     * @param type of the record
     * @param <T> of the record
     * @return the record
     * @throws IOException when they are not what {@link #write} makes of one; it says what is wrong and where, and its cause
     *     is the refusal of a value where there was one
     */
    public <T extends Record> T read(byte[] json, Class<T> type) throws IOException {
        try (JsonParser in = factory.createParser(json)) {
            in.nextToken();
            T whole = type.cast(codecs.of(type).read(in, codecs));
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "Something follows the end");
            }
            return whole;
        }
    }

    /**
     * Reads what a document says about itself, whatever else it holds: a newer version may look quite different.
     *
     * @param json foreign bytes
     * @return its {@code format} and {@code version} at the outermost level
     * @throws IOException when it is no JSON object, or lacks one of them
     */
    public Stamp stamp(byte[] json) throws IOException {
        try (JsonParser in = factory.createParser(json)) {
            String format = null;
            Integer version = null;
            if (in.nextToken() == JsonToken.START_OBJECT) {
                for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                    JsonToken value = in.nextToken();
                    if (field.equals("format") && value == JsonToken.VALUE_STRING) {
                        format = in.getText();
                    } else if (field.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
                        version = in.getIntValue();
                    }
                    in.skipChildren();
                }
            }
            if (format == null || version == null) {
                throw new JsonParseException(in, "No format and version are there");
            }
            return new Stamp(format, version);
        }
    }

    /**
     * What a document says about itself.
     *
     * @param format the name of what it is
     * @param version of the format
     */
    public record Stamp(String format, int version) {}

    /** Line ends are fixed: the bytes must not depend on the system that writes them. */
    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }

    /** Tells what the components of further types look like. Not safe for concurrent calls. */
    public static final class Builder {
        private final Map<Class<?>, Codec> values = new HashMap<>();
        private final int longest;
        private boolean withNulls;
        private boolean indented;

        private Builder(int longest) {
            this.longest = longest;
        }

        /**
         * Values as text.
         *
         * @param type of the values
         * @param write to text
         * @param read from text; what it throws refuses the text
         * @param <T> of the values
         * @return this
         */
        public <T> Builder text(Class<T> type, Function<T, String> write, Function<String, T> read) {
            return stands(type, String.class, write, read);
        }

        /**
         * Constants as their stable codes, never their names.
         *
         * @param type of the constants
         * @param code of one
         * @param <E> of the constants
         * @return this
         */
        public <E extends Enum<E>> Builder coded(Class<E> type, Function<E, String> code) {
            Map<String, E> constants = Arrays.stream(type.getEnumConstants())
                    .collect(Collectors.toUnmodifiableMap(code, Function.identity()));
            return text(type, code, text -> {
                E constant = constants.get(text);
                if (constant == null) {
                    throw new IllegalArgumentException("No " + type.getSimpleName() + " has this code");
                }
                return constant;
            });
        }

        /**
         * Values as something else that is known.
         *
         * @param type of the values
         * @param other what stands for them
         * @param write to the other
         * @param read from the other; what it throws refuses it
         * @param <T> of the values
         * @param <V> of what stands for them
         * @return this
         */
        public <T, V> Builder stands(Class<T> type, Class<V> other, Function<T, V> write, Function<V, T> read) {
            values.put(type, new StandIn<>(other, write, read));
            return this;
        }

        /**
         * Null is written, and must be there, instead of a field that is left out.
         *
         * @return this
         */
        public Builder withNulls() {
            withNulls = true;
            return this;
        }

        /**
         * One field to a line, two spaces a level, for documents that people look at.
         *
         * @return this
         */
        public Builder indented() {
            indented = true;
            return this;
        }

        /** {@return the JSON of all that was told} */
        public RecordJson build() {
            return new RecordJson(this);
        }
    }
}
