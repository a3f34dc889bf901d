package io.parix.backup.examples.twonodes;

import io.parix.backup.catalog.jdbc.CatalogSettings;
import io.parix.backup.catalog.jdbc.DatabaseUrl;
import io.parix.backup.catalog.jdbc.JdbcCatalog;
import io.parix.backup.examples.parts.Refused;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;

/**
 * The database that the nodes share.
 *
 * @param place how to connect to it
 * @param server an H2 server of this process, or null where somebody else runs the database
 */
record CatalogServer(DatabaseUrl place, @Nullable Server server) implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String USER = "parix";

    /** Somebody else's. */
    static CatalogServer of(DatabaseUrl place) {
        return new CatalogServer(place, null);
    }

    /** To be called before any other class of H2 is: it reads once where its servers may listen. */
    static void listenOnLoopbackOnly() {
        System.setProperty("h2.bindAddress", LOOPBACK);
    }

    /**
     * An H2 server on a free port of the loopback address, with a password that nobody else learns. It makes no databases for
     * those who connect, so the one that there is is made first.
     */
    static CatalogServer h2(Path folder) {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        String password = HexFormat.of().formatHex(secret);
        Path file = folder.resolve("catalog");
        JdbcCatalog.open(new DatabaseUrl("jdbc:h2:" + file, USER, password), CatalogSettings.defaults())
                .close();
        try {
            Server server = Server.createTcpServer("-tcpPort", "0", "-baseDir", folder.toString());
            server.start();
            String url = "jdbc:h2:tcp://" + LOOPBACK + ":" + server.getPort() + "/" + file;
            return new CatalogServer(new DatabaseUrl(url, USER, password), server);
        } catch (SQLException e) {
            throw new Refused("server-failed", "Cannot start an H2 server: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop();
        }
    }
}
