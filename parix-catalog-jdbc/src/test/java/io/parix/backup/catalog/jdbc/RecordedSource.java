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

/** A pool that remembers its queries, so that the database can be asked how it would run them. */
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
        return explained("explain ", text);
    }

    /** How the last query whose text contains something runs, and what it reads, as PostgreSQL tells it in JSON. */
    String run(String text) throws SQLException {
        return explained("explain (analyze, format json) ", text);
    }

    private String explained(String how, String text) throws SQLException {
        Recorded query = last(text);
        try (Connection connection = right.getConnection();
                PreparedStatement statement = connection.prepareStatement(how + query.sql())) {
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

    private synchronized Recorded last(String text) {
        return queries.stream()
                .filter(each -> each.sql().contains(text))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private synchronized void add(Recorded query) {
        queries.add(query);
    }

    private <T> T proxy(Class<T> type, T target, @Nullable Recorded recorded) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (recorded != null && isArgument(method.getName(), arguments)) {
                        recorded.arguments().add(arguments.clone());
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        if (answer instanceof PreparedStatement statement) {
                            Recorded query = new Recorded((String) arguments[0], new ArrayList<>());
                            add(query);
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

    private static boolean isArgument(String method, @Nullable Object @Nullable [] arguments) {
        return method.startsWith("set")
                && !method.equals("setNull")
                && arguments != null
                && arguments.length > 1
                && arguments[0] instanceof Integer;
    }
}
