package io.parix.backup.catalog.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A pool that remembers the queries on jobs and segments, so that the database can be asked how it would run them. */
final class RecordedSource {
    private final DataSource right;
    private final List<Recorded> queries = new ArrayList<>();

    RecordedSource(DataSource right) {
        this.right = right;
    }

    private record Recorded(String sql, List<Object[]> arguments) {}

    /** A recording data source. */
    DataSource source() {
        return proxy(DataSource.class, right, null);
    }

    /** The plan of the last query whose text contains something. */
    String plan(String text) throws SQLException {
        Recorded query = queries.stream()
                .filter(each -> each.sql().contains(text))
                .reduce((first, second) -> second)
                .orElseThrow();
        try (Connection connection = right.getConnection();
                PreparedStatement statement = connection.prepareStatement("explain " + query.sql())) {
            for (Object[] argument : query.arguments()) {
                statement.setObject((Integer) argument[0], argument[1]);
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    private <T> T proxy(Class<T> type, T target, @Nullable Recorded recorded) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (recorded != null
                            && (method.getName().equals("setObject")
                                    || method.getName().equals("setString"))) {
                        recorded.arguments().add(arguments.clone());
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        if (answer instanceof PreparedStatement statement) {
                            Recorded query = new Recorded((String) arguments[0], new ArrayList<>());
                            queries.add(query);
                            return proxy(PreparedStatement.class, statement, query);
                        }
                        return answer instanceof Connection connection
                                ? proxy(Connection.class, connection, null)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
