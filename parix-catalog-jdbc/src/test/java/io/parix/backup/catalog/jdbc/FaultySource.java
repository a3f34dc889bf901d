package io.parix.backup.catalog.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A pool whose connections do something before they commit. */
final class FaultySource {
    private FaultySource() {}

    /** What happens before a commit. */
    interface Fault {
        void happen(Connection connection) throws SQLException;
    }

    static DataSource beforeCommit(DataSource right, Fault fault) {
        return proxy(DataSource.class, right, (connection, method) -> {
            if (method.equals("commit")) {
                fault.happen((Connection) connection);
            }
        });
    }

    private interface Before {
        void call(Object target, String method) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T right, Before before) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.call(right, method.getName());
                    try {
                        Object answer = method.invoke(right, arguments);
                        return answer instanceof Connection connection
                                ? proxy(Connection.class, connection, before)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
