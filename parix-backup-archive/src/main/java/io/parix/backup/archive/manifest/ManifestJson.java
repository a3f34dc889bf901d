package io.parix.backup.archive.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.Trigger;
import io.parix.backup.host.ImageKind;
import io.parix.backup.spi.Checksums;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Function;

/** How the values of a manifest are written in JSON: names as text, sizes as numbers, enums by their codes. */
final class ManifestJson {
    private static final int DEEPEST = 20;

    private ManifestJson() {}

    static JsonMapper mapper() {
        SimpleModule values = new SimpleModule();
        text(values, DatabaseId.class, DatabaseId::value, DatabaseId::new);
        text(values, BackupId.class, BackupId::value, BackupId::new);
        text(values, Actor.class, Actor::id, Actor::new);
        text(values, Instant.class, Instant::toString, Instant::parse);
        text(values, Trigger.class, Trigger::code, c -> byCode(Trigger.values(), Trigger::code, c));
        text(values, ImageKind.class, ImageKind::code, c -> byCode(ImageKind.values(), ImageKind::code, c));
        text(
                values,
                Check.Outcome.class,
                Check.Outcome::code,
                c -> byCode(Check.Outcome.values(), Check.Outcome::code, c));
        values.addSerializer(Checksums.class, new ChecksumsWriter());
        values.addDeserializer(Checksums.class, new ChecksumsReader());
        values.addSerializer(ByteSize.class, new SizeWriter());
        values.addDeserializer(ByteSize.class, new SizeReader());
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEEPEST)
                        .maxDocumentLength(ManifestCodec.MAX_LENGTH)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        return JsonMapper.builder(factory)
                .addModule(values)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .defaultPrettyPrinter(printer())
                .build();
    }

    /** Line ends are fixed: the bytes must not depend on the system that writes them. */
    private static DefaultPrettyPrinter printer() {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        return printer;
    }

    private static <T> T byCode(T[] values, Function<T, String> code, String text) {
        return Arrays.stream(values)
                .filter(v -> code.apply(v).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no such code"));
    }

    private static <T> void text(SimpleModule to, Class<T> type, Function<T, String> write, Function<String, T> read) {
        to.addSerializer(type, new JsonSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider all) throws IOException {
                out.writeString(write.apply(value));
            }
        });
        to.addDeserializer(type, new JsonDeserializer<T>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                String text = in.getText();
                if (!in.currentToken().isScalarValue() || text == null) {
                    throw new IllegalArgumentException("text is wanted for " + type.getSimpleName());
                }
                return read.apply(text);
            }
        });
    }

    private static final class SizeWriter extends JsonSerializer<ByteSize> {
        @Override
        public void serialize(ByteSize value, JsonGenerator out, SerializerProvider all) throws IOException {
            out.writeNumber(value.bytes());
        }
    }

    private static final class SizeReader extends JsonDeserializer<ByteSize> {
        @Override
        public ByteSize deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new IllegalArgumentException("a size is a whole number of bytes");
            }
            return new ByteSize(in.getLongValue());
        }
    }

    /** CRC-32C in hexadecimal, because a signed number would mislead. */
    private static final class ChecksumsWriter extends JsonSerializer<Checksums> {
        @Override
        public void serialize(Checksums value, JsonGenerator out, SerializerProvider all) throws IOException {
            out.writeStartObject();
            out.writeStringField("crc32c", HexFormat.of().toHexDigits(value.crc32c()));
            out.writeStringField("sha256", value.sha256());
            out.writeEndObject();
        }
    }

    private static final class ChecksumsReader extends JsonDeserializer<Checksums> {
        @Override
        public Checksums deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(in);
            String crc = node.path("crc32c").asText();
            if (node.size() != 2 || crc.length() != 8) {
                throw new IllegalArgumentException("checksums have a crc32c and a sha256");
            }
            return new Checksums(
                    HexFormat.fromHexDigits(crc), node.path("sha256").asText());
        }
    }
}
