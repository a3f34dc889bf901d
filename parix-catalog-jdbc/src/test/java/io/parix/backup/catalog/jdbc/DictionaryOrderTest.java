package io.parix.backup.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.parix.backup.spi.catalog.Catalog;
import io.parix.backup.testkit.contract.JobListContract;
import io.parix.backup.testkit.contract.JobSelectContract;
import io.parix.backup.testkit.contract.ScheduleContract;
import io.parix.backup.testkit.contract.SegmentBytesContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever order a database has by itself, lists are in that of code points: the suites about lists, where the two differ. */
class DictionaryOrderTest implements JobListContract, JobSelectContract, ScheduleContract, SegmentBytesContract {
    private final CatalogBench bench = new CatalogBench(TestPlace::emptyUrlInDictionaryOrder);

    @Override
    public Catalog emptyCatalog() throws Exception {
        return bench.empty();
    }

    @Override
    public Catalog again(Catalog catalog) throws Exception {
        return bench.again(catalog);
    }

    @Override
    public void elapse(Catalog catalog, Duration time) throws Exception {
        bench.elapse(catalog, time);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("this database would sort otherwise by itself")
    void sortsOtherwise() throws SQLException {
        List<String> sorted = new ArrayList<>();
        try (Connection connection = bench.source(bench.empty()).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select t from (values ('a'), ('B'), ('_'), ('c')) as x (t) order by t")) {
            while (rows.next()) {
                sorted.add(rows.getString(1));
            }
        }
        assertThat(sorted).containsExactly("_", "a", "B", "c");
    }
}
