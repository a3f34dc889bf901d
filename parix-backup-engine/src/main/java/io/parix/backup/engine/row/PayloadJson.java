package io.parix.backup.engine.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.parix.backup.Actor;
import io.parix.backup.BackupId;
import io.parix.backup.ByteSize;
import io.parix.backup.Check;
import io.parix.backup.DatabaseId;
import io.parix.backup.DatabaseStatus;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.Hold;
import io.parix.backup.Ownership;
import io.parix.backup.RestoreId;
import io.parix.backup.Trigger;
import io.parix.backup.VerificationLevel;
import io.parix.backup.core.job.ManifestBytes;
import io.parix.backup.core.job.RestoreStep;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.Function;

/** Payloads as JSON: sorted keys, stable codes instead of constants' names, nothing unknown accepted. */
final class PayloadJson {
    private static final JsonMapper MAPPER = mapper();

    private PayloadJson() {}

    static String write(Object payload) {
        try {
            return MAPPER.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A payload could not be written: " + payload.getClass(), e);
        }
    }

    static <T> T read(String json, Class<T> type, String job) {
        try {
            T payload = MAPPER.readValue(json, type);
            Payloads.requireWhole(job, payload);
            return payload;
        } catch (JsonProcessingException e) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot read the payload of job " + job + ": " + e.getOriginalMessage()
                            + ". It was written by another release; upgrade before touching it.",
                    e);
        }
    }

    private static JsonMapper mapper() {
        SimpleModule values = new SimpleModule("parix-payload");
        text(values, DatabaseId.class, DatabaseId::value, DatabaseId::new);
        text(values, BackupId.class, BackupId::value, BackupId::new);
        text(values, RestoreId.class, RestoreId::value, RestoreId::new);
        text(values, Actor.class, Actor::id, Actor::new);
        text(values, DatabaseStatus.class, DatabaseStatus::code, DatabaseStatus::new);
        text(values, Instant.class, Instant::toString, Instant::parse);
        text(values, ByteSize.class, size -> Long.toString(size.bytes()), text -> new ByteSize(Long.parseLong(text)));
        text(values, ManifestBytes.class, PayloadJson::base64, PayloadJson::manifest);
        coded(values, Trigger.class, Trigger::code);
        coded(values, Check.Outcome.class, Check.Outcome::code);
        coded(values, ErrorCode.class, ErrorCode::code);
        coded(values, Ownership.class, Ownership::code);
        coded(values, Hold.Reason.class, Hold.Reason::code);
        coded(values, VerificationLevel.class, VerificationLevel::code);
        coded(values, RestoreStep.class, RestoreStep::code);
        return JsonMapper.builder()
                .addModule(values)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
                .build();
    }

    private static String base64(ManifestBytes manifest) {
        return Base64.getEncoder().encodeToString(manifest.bytes());
    }

    private static ManifestBytes manifest(String base64) {
        return new ManifestBytes(Base64.getDecoder().decode(base64));
    }

    private static <E extends Enum<E>> void coded(SimpleModule module, Class<E> type, Function<E, String> code) {
        text(
                module,
                type,
                code,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> code.apply(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalArgumentException("no " + type.getSimpleName() + " has the code " + text)));
    }

    private static <T> void text(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new TextSerializer<>(type, write));
        module.addDeserializer(type, new TextDeserializer<>(type, read));
    }

    private static final class TextSerializer<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<T, String> write;

        TextSerializer(Class<T> type, Function<T, String> write) {
            super(type);
            this.write = write;
        }

        @Override
        public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(write.apply(value));
        }
    }

    private static final class TextDeserializer<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<String, T> read;

        TextDeserializer(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getValueAsString();
            try {
                return read.apply(text);
            } catch (RuntimeException e) {
                throw context.weirdStringException(text, handledType(), String.valueOf(e.getMessage()));
            }
        }
    }
}
