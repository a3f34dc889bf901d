package io.parix.backup.examples.provider;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Connections that meet trouble which no test can bring about in the database itself. */
final class TroubledSource {
    private TroubledSource() {}

    /** What happens around the calls of a source, its connections and their statements. */
    interface Trouble {
        void before(String method, Object[] arguments) throws SQLException;

        default void after(String method) throws SQLException {}
    }

    static DataSource of(DataSource right, Trouble trouble) {
        return proxy(DataSource.class, right, trouble);
    }

    /** The disk is full after so many bytes of objects, which are a statement's fifth parameter. */
    static DataSource full(DataSource right, long bytes) {
        AtomicLong room = new AtomicLong(bytes);
        return of(right, (method, arguments) -> {
            boolean object = method.equals("setBytes") && arguments[0].equals(5);
            if (object && room.addAndGet(-((byte[]) arguments[1]).length) < 0) {
                throw new SQLException("could not extend file: No space left on device", "53100");
            }
        });
    }

    /** Too many connections, once it is armed, and once only. */
    static DataSource crowded(DataSource right, AtomicBoolean armed) {
        return of(right, (method, arguments) -> {
            if (method.equals("getConnection") && armed.getAndSet(false)) {
                throw new SQLException("too many connections", "53300");
            }
        });
    }

    /** Once it is armed, what is committed next is, and the answer is lost. */
    static DataSource losingAnswers(DataSource right, AtomicBoolean armed) {
        return of(right, new Trouble() {
            private boolean each;

            @Override
            public void before(String method, Object[] arguments) {
                if (method.equals("setAutoCommit")) {
                    each = arguments[0].equals(true);
                }
            }

            @Override
            public void after(String method) throws SQLException {
                boolean committed = method.equals("commit") || (each && method.equals("executeUpdate"));
                if (committed && armed.getAndSet(false)) {
                    throw new SQLException("the connection was reset", "08006");
                }
            }
        });
    }

    private static <T> T proxy(Class<T> type, Object right, Trouble trouble) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    trouble.before(method.getName(), arguments == null ? new Object[0] : arguments);
                    try {
                        Object answer = method.invoke(right, arguments);
                        trouble.after(method.getName());
                        if (answer instanceof PreparedStatement statement) {
                            return proxy(PreparedStatement.class, statement, trouble);
                        }
                        return answer instanceof Connection connection
                                ? proxy(Connection.class, connection, trouble)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
