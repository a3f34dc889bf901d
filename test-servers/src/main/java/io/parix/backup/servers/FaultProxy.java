package io.parix.backup.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server and spoils bytes. Each planned fault happens once, on the next connection that is made;
 * connections without one pass everything on.
 */
public final class FaultProxy implements AutoCloseable {
    private final ServerSocket socket;
    private final URI target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deque<Fault> planned = new ArrayDeque<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Which bytes are spoilt. */
    public enum Way {
        /** Those to the server. */
        REQUEST,
        /** Those from it. */
        ANSWER
    }

    /** How. */
    public enum Kind {
        /** The connection is reset. */
        RESET,
        /** The connection ends as if all were said. */
        CUT,
        /** One bit is another. */
        FLIP,
        /** Nothing more comes, and the connection stays. */
        STALL,
        /** From there on a byte comes each 20 ms, so that the connection is never silent for long. */
        TRICKLE
    }

    /**
     * A fault.
     *
     * @param way which bytes
     * @param kind how
     * @param after how many bytes of that way pass before it
     */
    public record Fault(Way way, Kind kind, long after) {
        private boolean isDue(Way now, long passed, int next) {
            return way == now && passed <= after && after < passed + next;
        }
    }

    private FaultProxy(ServerSocket socket, URI target) {
        this.socket = socket;
        this.target = target;
    }

    /** {@return a proxy in front of a server} */
    public static FaultProxy before(URI target) {
        try {
            FaultProxy proxy = new FaultProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
            proxy.threads.execute(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where it listens} */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Plans a fault for the next connection that is made. */
    public void plan(Fault fault) {
        synchronized (planned) {
            planned.add(fault);
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Socket server = new Socket(target.getHost(), target.getPort());
                open.add(client);
                open.add(server);
                Fault fault = next();
                threads.execute(() -> pump(client, server, Way.REQUEST, fault));
                threads.execute(() -> pump(server, client, Way.ANSWER, fault));
            } catch (IOException e) {
                // Closed; or a server that is not there, which the client finds out by itself.
                open.removeIf(Socket::isClosed);
            }
        }
    }

    private @Nullable Fault next() {
        synchronized (planned) {
            return planned.poll();
        }
    }

    private void pump(Socket from, Socket to, Way way, @Nullable Fault fault) {
        try (from;
                to) {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[8_192];
            long passed = 0;
            boolean slow = false;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (fault != null && fault.isDue(way, passed, n)) {
                    slow |= fault.kind() == Kind.TRICKLE;
                    if (!slow && !spoil(buffer, (int) (fault.after() - passed), from, to, fault.kind())) {
                        return;
                    }
                }
                if (slow) {
                    trickle(buffer, n, out);
                } else {
                    out.write(buffer, 0, n);
                }
                out.flush();
                passed += n;
            }
        } catch (IOException e) {
            // A side has gone; the other one is closed with this.
            open.remove(from);
        }
    }

    private void trickle(byte[] buffer, int count, OutputStream out) throws IOException {
        for (int i = 0; i < count; i++) {
            out.write(buffer, i, 1);
            out.flush();
            try {
                if (closed.await(20, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** {@return whether the bytes are to be passed on after all} */
    private boolean spoil(byte[] buffer, int at, Socket from, Socket to, Kind kind) throws IOException {
        if (kind == Kind.FLIP) {
            buffer[at] ^= 1;
            return true;
        }
        to.getOutputStream().write(buffer, 0, at);
        to.getOutputStream().flush();
        if (kind == Kind.RESET) {
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
        }
        if (kind == Kind.STALL) {
            try {
                closed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return false;
    }

    /** Takes no more connections; those that are there go on. */
    public void refuse() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            for (Socket each : open) {
                each.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
