package io.parix.backup.archive.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordJsonTest {
    private static final int LONGEST = 400;
    private static final RecordJson LEAN = builder().build();
    private static final RecordJson FULL = builder().withNulls().build();
    private static final Whole WHOLE =
            new Whole("é\n\"", 7, List.of(new Part(true, Colour.RED)), Duration.ofSeconds(90), null);
    private static final String JSON =
            "{\"count\":7,\"list\":[{\"colour\":\"r\",\"there\":true}],\"text\":\"é\\n\\\"\",\"time\":\"PT1M30S\"}";

    private enum Colour {
        RED,
        BLUE
    }

    private record Part(boolean there, Colour colour) {}

    private record Whole(
            String text,
            long count,
            List<Part> list,
            Duration time,
            @Nullable Integer more) {
        Whole {
            if (count < 0) {
                throw new IllegalArgumentException("less than nothing");
            }
        }
    }

    private record Strange(StringBuilder unknown) {}

    private static RecordJson.Builder builder() {
        return RecordJson.upTo(LONGEST)
                .text(Duration.class, Duration::toString, Duration::parse)
                .coded(Colour.class, colour -> colour == Colour.RED ? "r" : "b");
    }

    @Test
    void keysAreSortedAndAllComesBack() throws IOException {
        assertThat(LEAN.write(WHOLE)).asString(UTF_8).isEqualTo(JSON);
        assertThat(LEAN.read(JSON.getBytes(UTF_8), Whole.class)).isEqualTo(WHOLE);
    }

    @Test
    void nullIsLeftOutOrWrittenAsTold() throws IOException {
        String full = JSON.replace(",\"text\"", ",\"more\":null,\"text\"");
        assertThat(FULL.write(WHOLE)).asString(UTF_8).isEqualTo(full);
        assertThat(FULL.read(full.getBytes(UTF_8), Whole.class)).isEqualTo(WHOLE);
        assertRefused(FULL, JSON, "more is missing");
        assertRefused(LEAN, full, "more is null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"count\":7",
                "{\"count\":7}",
                "{\"count\":null,\"list\":[],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":\"7\",\"list\":[],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":7.0,\"list\":[],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":9223372036854775808,\"list\":[],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":-1,\"list\":[],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":7,\"list\":{},\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":7,\"list\":[null],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":7,\"list\":[{\"colour\":\"RED\",\"there\":true}],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":7,\"list\":[{\"colour\":\"r\",\"there\":1}],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":7,\"list\":[],\"text\":7,\"time\":\"PT1S\"}",
                "{\"count\":7,\"list\":[],\"text\":\"\",\"time\":\"soon\"}",
                "{\"count\":7,\"list\":[],\"text\":\"\",\"time\":\"PT1S\",\"other\":1}",
                "{\"count\":7,\"count\":7,\"list\":[],\"text\":\"\",\"time\":\"PT1S\"}",
                "{\"count\":7,\"list\":[],\"text\":\"\",\"time\":\"PT1S\"} {}"
            })
    @DisplayName("I4 what was not written so is refused, never half read")
    void refused(String json) {
        assertRefused(LEAN, json, "");
    }

    @Test
    @DisplayName("I4 a document up to the limit is read, one byte more is refused")
    void longest() throws IOException {
        String padded = JSON + " ".repeat(LONGEST - JSON.getBytes(UTF_8).length);
        assertThat(LEAN.read(padded.getBytes(UTF_8), Whole.class)).isEqualTo(WHOLE);
        assertRefused(LEAN, " ".repeat(LONGEST + 1) + JSON, "");
    }

    @Test
    @DisplayName("I4 a refused value's own words are told, and its refusal is the cause")
    void causes() {
        assertThatThrownBy(() -> LEAN.read(JSON.replace("7", "-7").getBytes(UTF_8), Whole.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("less than nothing")
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("C3 a newer document still says what it is")
    void stamp() throws IOException {
        String newer = "{\"all\":{\"version\":7,\"new\":[1.5,null]},\"format\":\"f\",\"version\":2}";
        assertThat(LEAN.stamp(newer.getBytes(UTF_8))).isEqualTo(new RecordJson.Stamp("f", 2));
        for (String none : List.of(
                "",
                "7",
                "[]",
                "{\"format\":\"f\"}",
                "{\"format\":7,\"version\":2}",
                "{\"format\":\"f\",\"version\":2.5}",
                "{\"format\":\"f\",\"version\":99999999999}",
                "[".repeat(RecordJson.DEEPEST + 1))) {
            assertThatThrownBy(() -> LEAN.stamp(none.getBytes(UTF_8))).as(none).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTypeThatNobodyToldIsAMistakeOfTheProgram() {
        assertThatThrownBy(() -> LEAN.write(new Strange(new StringBuilder())))
                .isInstanceOf(IllegalStateException.class);
    }

    private static void assertRefused(RecordJson json, String text, String words) {
        assertThatThrownBy(() -> json.read(text.getBytes(UTF_8), Whole.class))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(words);
    }
}
