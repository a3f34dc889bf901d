package io.parix.backup.examples.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class JdbcTableReadTest {
    private static final ObjectKey KEY = new ObjectKey("db/object");

    private final Places places = new Places(TestDatabase.H2);

    @AfterEach
    void close() throws Exception {
        places.close();
    }

    private static ObjectContent full(int value) {
        byte[] bytes = new byte[3 * Table.CHUNK];
        Arrays.fill(bytes, (byte) value);
        return ObjectContent.of(bytes);
    }

    @Test
    @DisplayName("SPI-45 a stream whose object is deleted and written anew fails, and never mixes the two")
    void neverMixesObjects() throws Exception {
        ObjectStore store = places.open(places.empty()).objects();
        store.putIfAbsent(KEY, full(1), Places.CALL);
        try (InputStream in = store.get(KEY, null, Places.CALL)) {
            assertThat(in.read()).isEqualTo(1);
            store.delete(List.of(KEY), Places.CALL);
            store.putIfAbsent(KEY, full(2), Places.CALL);

            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    @DisplayName("a stream that nobody reads holds no connection")
    void holdsNothing() throws Exception {
        try (var pool = places.empty()) {
            ObjectStore store = places.open(pool).objects();
            store.putIfAbsent(KEY, full(1), Places.CALL);
            try (InputStream in = store.get(KEY, null, Places.CALL)) {
                assertThat(in.read()).isEqualTo(1);
                assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            }
        }
    }
}
