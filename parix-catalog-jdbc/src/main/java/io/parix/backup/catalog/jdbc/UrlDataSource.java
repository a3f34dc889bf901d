package io.parix.backup.catalog.jdbc;

import io.parix.backup.spi.ConfigurationException;
import io.parix.backup.spi.ConfigurationMistake;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connects anew for every transaction, and holds one connection throughout: an embedded H2 closes its database with the last
 * connection. A pool is the host's to bring.
 */
final class UrlDataSource implements DataSource, AutoCloseable {
    private final DatabaseUrl place;
    private final Properties properties = new Properties();
    private final Connection anchor;

    UrlDataSource(DatabaseUrl place, CatalogSettings settings) throws SQLException {
        this.place = place;
        set("user", place.user());
        set("password", place.password());
        if (place.url().startsWith("jdbc:postgresql:")) {
            // A server that is gone without a word must not hold a thread: a little more than a statement may take.
            set("socketTimeout", String.valueOf(settings.queryTimeout().toSeconds() + 5));
            set("connectTimeout", String.valueOf(settings.connectTimeout().toSeconds()));
            set("tcpKeepAlive", "true");
        }
        requireDriver(place.url());
        this.anchor = getConnection();
    }

    /** What the driver manager says when it finds none repeats the URL, which may hold secrets. */
    @SuppressWarnings("UnusedException") // its message is the secret
    private static void requireDriver(String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            ConfigurationMistake none = new ConfigurationMistake("url", "needs its driver on the class path");
            throw new ConfigurationException("the catalog", List.of(none));
        }
    }

    private void set(String key, @Nullable String value) {
        if (value != null) {
            properties.setProperty(key, value);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        return DriverManager.getConnection(place.url(), properties);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return DriverManager.getConnection(place.url(), user, password);
    }

    @Override
    public void close() throws SQLException {
        anchor.close();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("It wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
