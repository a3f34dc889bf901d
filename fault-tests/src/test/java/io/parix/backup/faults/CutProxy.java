package io.parix.backup.faults;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a driver and PostgreSQL, reads the messages that pass, and cuts a connection in the middle of a commit that
 * has written a job's row: the client never hears how it ended.
 *
 * <p>It understands the protocol as far as it must: a first message without a type, then a type and a length each. The client
 * must not encrypt, and must send each statement as text ({@code sslmode=disable&prepareThreshold=0}).
 */
final class CutProxy implements AutoCloseable {
    private static final int PARSE = 'P';
    private static final int MOST = 64 << 20;

    private final ServerSocket door;
    private final int server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "cut-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicReference<@Nullable Cut> next = new AtomicReference<>();

    /** When the connection is cut. */
    enum Cut {
        /** The commit never reaches the server, which rolls back. */
        BEFORE_IT_ARRIVES,
        /** The server commits; its answer is lost. */
        BEFORE_THE_ANSWER
    }

    private CutProxy(ServerSocket door, int server) {
        this.door = door;
        this.server = server;
    }

    static CutProxy to(int server) throws IOException {
        CutProxy proxy = new CutProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        run(proxy.threads, proxy::accept);
        return proxy;
    }

    int port() {
        return door.getLocalPort();
    }

    /** The next commit that has written a job's row is cut, on whatever connection it comes. */
    void cutNext(Cut cut) {
        next.set(cut);
    }

    /** {@return whether the cut that was asked for has happened} */
    boolean hasCut() {
        return next.get() == null;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void run(ExecutorService threads, Work work) {
        Future<?> unused = threads.submit(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // A connection has ended, which is what this class is for.
                return;
            }
        });
    }

    private void accept() throws IOException {
        while (!door.isClosed()) {
            Socket client = door.accept();
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Passage passage = new Passage(client, upstream);
            run(threads, passage::requests);
            run(threads, passage::answers);
        }
    }

    /** One connection. */
    private final class Passage {
        private final Socket client;
        private final Socket upstream;
        private volatile boolean deaf;
        private boolean wrote;

        Passage(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void requests() throws IOException {
            try (client;
                    upstream) {
                DataInputStream in = new DataInputStream(client.getInputStream());
                OutputStream out = upstream.getOutputStream();
                out.write(read(in, new byte[0]));
                for (int type = in.read(); type >= 0; type = in.read()) {
                    byte[] message = read(in, new byte[] {(byte) type});
                    if (type == PARSE && isCommitToCut(message)) {
                        finish(in, out, message);
                        return;
                    }
                    out.write(message);
                }
            }
        }

        private boolean isCommitToCut(byte[] message) {
            String statement = new String(message, StandardCharsets.ISO_8859_1);
            if (statement.contains("update parix_job") || statement.contains("insert into parix_job")) {
                wrote = true;
            }
            boolean ends = statement.contains("COMMIT") || statement.contains("ROLLBACK");
            boolean commits = wrote && statement.contains("COMMIT") && next.get() != null;
            wrote = wrote && !ends;
            return commits;
        }

        private void finish(DataInputStream in, OutputStream out, byte[] message) throws IOException {
            deaf = true;
            if (next.getAndSet(null) == Cut.BEFORE_THE_ANSWER) {
                out.write(message);
                // What belongs to the message follows; whoever gets the answer closes the connection.
                in.transferTo(out);
            }
        }

        void answers() throws IOException {
            try (client;
                    upstream) {
                InputStream in = upstream.getInputStream();
                OutputStream out = client.getOutputStream();
                byte[] some = new byte[8192];
                for (int n = in.read(some); n >= 0 && !deaf; n = in.read(some)) {
                    out.write(some, 0, n);
                }
            }
        }
    }

    private static byte[] read(DataInputStream in, byte[] start) throws IOException {
        int length = in.readInt();
        if (length < Integer.BYTES || length > MOST) {
            throw new IOException("Not a message of PostgreSQL: " + length + " bytes");
        }
        ByteBuffer message = ByteBuffer.allocate(start.length + length);
        message.put(start).putInt(length);
        in.readFully(message.array(), message.position(), message.remaining());
        return message.array();
    }

    @Override
    public void close() throws IOException {
        door.close();
        threads.shutdownNow();
    }
}
