package io.parix.backup.provider.gcp;

import com.google.api.core.ApiFuture;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.httpjson.InstantiatingHttpJsonChannelProvider;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.ApiExceptions;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.compute.v1.DisksClient;
import com.google.cloud.compute.v1.DisksSettings;
import com.google.cloud.compute.v1.GlobalOperationsClient;
import com.google.cloud.compute.v1.GlobalOperationsSettings;
import com.google.cloud.compute.v1.RegionDisksClient;
import com.google.cloud.compute.v1.RegionDisksSettings;
import com.google.cloud.compute.v1.RegionOperationsClient;
import com.google.cloud.compute.v1.RegionOperationsSettings;
import com.google.cloud.compute.v1.SnapshotsClient;
import com.google.cloud.compute.v1.SnapshotsSettings;
import com.google.cloud.compute.v1.Warning;
import com.google.cloud.compute.v1.ZoneOperationsClient;
import com.google.cloud.compute.v1.ZoneOperationsSettings;
import io.parix.backup.Printable;
import io.parix.backup.provider.gcp.GcpConfig.Volumes;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Compute Engine as an opened place talks to it: each request once, on the caller's thread, within its call's deadline. Safe for
 * concurrent calls.
 */
final class ComputePlace {
    private static final URI GOOGLE = URI.create("https://compute.googleapis.com");

    /** No warning, or that a page holds nothing, which says nothing of the next one. Everything else means that something is missing. */
    private static final Set<String> NOTHING_MISSING = Set.of("", "NO_RESULTS_ON_PAGE");

    /** One attempt, and no timer of the library's: the transport has the deadline. */
    private static final RetrySettings ONCE = RetrySettings.newBuilder()
            .setMaxAttempts(1)
            .setTotalTimeoutDuration(Duration.ZERO)
            .setInitialRpcTimeoutDuration(Duration.ZERO)
            .setMaxRpcTimeoutDuration(Duration.ZERO)
            .setLogicalTimeout(Duration.ZERO)
            .build();

    private static final int UNAUTHORIZED = 401;

    private final GcpPlace place;
    private final Volumes volumes;
    private final GcpTransport transport;
    private final ComputeErrors errors;
    private final Clients clients;

    private ComputePlace(GcpPlace place, Volumes volumes, GcpTransport transport, Clients clients) {
        this.place = place;
        this.volumes = volumes;
        this.transport = transport;
        this.clients = clients;
        this.errors = new ComputeErrors(place.errors());
    }

    /**
     * Google's clients, one for each kind of resource.
     *
     * @param snapshots of snapshots
     * @param disks of disks in a zone
     * @param regionDisks of disks in several zones
     * @param operations of what is under way that is global, or anywhere
     * @param zoneOperations of what is under way in a zone
     * @param regionOperations of what is under way in a region
     */
    record Clients(
            SnapshotsClient snapshots,
            DisksClient disks,
            RegionDisksClient regionDisks,
            GlobalOperationsClient operations,
            ZoneOperationsClient zoneOperations,
            RegionOperationsClient regionOperations) {}

    /** Makes clients, which end with the place. Nothing connects. */
    static ComputePlace open(GcpPlace place, Volumes volumes) {
        URI home = volumes.endpoint() == null ? GOOGLE : volumes.endpoint();
        GcpTransport transport = new GcpTransport(
                place.config().transport(),
                home,
                place.computeCredentials(),
                place.transport().current());
        place.closesAlso(transport::close);
        // For what the library does in the background, which is nothing as long as it repeats nothing: no thread ever
        // starts.
        ScheduledThreadPoolExecutor idle = new ScheduledThreadPoolExecutor(1);
        place.closesAlso(idle::shutdownNow);
        try {
            return new ComputePlace(place, volumes, transport, clients(home, transport, idle));
        } catch (IOException e) {
            throw new ProviderException(
                    ErrorKind.INVALID_REQUEST, "Cannot make a client of Compute Engine: " + e.getMessage() + ".", e);
        }
    }

    private static Clients clients(URI home, GcpTransport transport, ScheduledThreadPoolExecutor idle)
            throws IOException {
        String address = home.getScheme() + "://" + home.getRawAuthority();
        return new Clients(
                SnapshotsClient.create(ready(SnapshotsSettings.newBuilder(), address, transport, idle)
                        .applyToAllUnaryMethods(ComputePlace::once)
                        .build()),
                DisksClient.create(ready(DisksSettings.newBuilder(), address, transport, idle)
                        .applyToAllUnaryMethods(ComputePlace::once)
                        .build()),
                RegionDisksClient.create(ready(RegionDisksSettings.newBuilder(), address, transport, idle)
                        .applyToAllUnaryMethods(ComputePlace::once)
                        .build()),
                GlobalOperationsClient.create(ready(GlobalOperationsSettings.newBuilder(), address, transport, idle)
                        .applyToAllUnaryMethods(ComputePlace::once)
                        .build()),
                ZoneOperationsClient.create(ready(ZoneOperationsSettings.newBuilder(), address, transport, idle)
                        .applyToAllUnaryMethods(ComputePlace::once)
                        .build()),
                RegionOperationsClient.create(ready(RegionOperationsSettings.newBuilder(), address, transport, idle)
                        .applyToAllUnaryMethods(ComputePlace::once)
                        .build()));
    }

    private static <B extends ClientSettings.Builder<?, B>> B ready(
            B settings, String address, GcpTransport transport, ScheduledThreadPoolExecutor idle) {
        settings.setEndpoint(address)
                .setCredentialsProvider(NoCredentialsProvider.create())
                .setBackgroundExecutorProvider(FixedExecutorProvider.create(idle))
                .setWatchdogProvider(null)
                .setTransportChannelProvider(InstantiatingHttpJsonChannelProvider.newBuilder()
                        .setEndpoint(address)
                        .setExecutor(Runnable::run)
                        .setHttpTransport(transport)
                        .build());
        return settings;
    }

    private static Void once(UnaryCallSettings.Builder<?, ?> method) {
        method.setRetrySettings(ONCE).setRetryableCodes(Set.of());
        return null;
    }

    Clients clients() {
        return clients;
    }

    /** {@return the project in which snapshots and disks are} */
    String project() {
        return volumes.project();
    }

    /** {@return where snapshots are stored; empty for Google's choice} */
    List<String> locations() {
        return volumes.location() == null ? List.of() : List.of(volumes.location());
    }

    InstantSource clock() {
        return place.clock();
    }

    ComputeErrors errors() {
        return errors;
    }

    GcpCall begin(CallContext context, String doing) {
        return place.begin(context, doing, "");
    }

    /**
     * Makes a request on this thread. The library's own way of waiting for the answer has no end where an answer breaks off in a way
     * that it did not think of; but what is asked on this thread is answered when that returns, or never.
     *
     * @param method of Google's client
     * @param request what to ask
     * @return the answer
     */
    static <Q, A> A now(UnaryCallable<Q, A> method, Q request) {
        ApiFuture<A> answer = method.futureCall(request);
        if (!answer.isDone()) {
            throw new UncheckedIOException(new EOFException("the answer breaks off"));
        }
        return ApiExceptions.callAndTranslateApiException(answer);
    }

    /**
     * Asks for something that changes nothing.
     *
     * @param call its call
     * @param permission what it needs
     * @param request uses {@link #clients()} on this thread
     */
    <T> T ask(GcpCall call, String permission, Supplier<T> request) {
        call.check();
        try {
            return transport.during(call, request);
        } catch (RuntimeException e) {
            renew(call);
            throw errors.of(call, permission, e);
        }
    }

    /** A token that was not taken is not sent again. */
    private void renew(GcpCall call) {
        if (call.status() == UNAUTHORIZED) {
            transport.renew(call);
        }
    }

    /** The same for something that may be done though no answer comes. */
    <T> T change(GcpCall call, String permission, Supplier<T> request) {
        call.asks();
        call.check();
        try {
            return transport.during(call, request);
        } catch (RuntimeException e) {
            renew(call);
            throw call.isSent() ? errors.ofSent(call, permission, e) : errors.of(call, permission, e);
        }
    }

    /**
     * Refuses a page of a listing from which something is missing: what is not listed then is not known, and not absent.
     *
     * @param call the call
     * @param warning of the page; one without a code where it has none
     */
    static void requireWhole(GcpCall call, Warning warning) {
        if (!NOTHING_MISSING.contains(warning.getCode())) {
            throw partial(call, Printable.quote(warning.getCode()) + ", " + Printable.quote(warning.getMessage()));
        }
    }

    /** The same for zones and regions that did not answer. */
    static void requireReached(GcpCall call, List<String> unreachable) {
        if (!unreachable.isEmpty()) {
            throw partial(call, "unreachable are " + Printable.quote(String.join(" ", unreachable)));
        }
    }

    /**
     * Asks page by page.
     *
     * @param call its call
     * @param permission what it needs
     * @param page asks for one page after a token, which is empty for the first
     * @param next the token in it
     * @param each is given every page
     */
    <P> void pages(
            GcpCall call, String permission, Function<String, P> page, Function<P, String> next, Consumer<P> each) {
        String token = "";
        do {
            String from = token;
            P got = ask(call, permission, () -> page.apply(from));
            each.accept(got);
            token = next.apply(got);
            if (!token.isEmpty() && token.equals(from)) {
                throw partial(call, "by answering one page for ever");
            }
        } while (!token.isEmpty());
    }

    static ProviderException partial(GcpCall call, String fact) {
        return new ProviderException(
                ErrorKind.UNAVAILABLE,
                "Failed " + call.doing() + ": Compute Engine listed a part only and warns, " + fact + ".");
    }
}
