package io.parix.backup.provider.aws;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Tells whether anybody may have heard a request. What fails before it is sent, for lack of credentials for example, was said to
 * nobody, and neither was what found no connection. For one request.
 */
final class SendMark {
    private static final ExecutionAttribute<AtomicBoolean> BEGUN =
            new ExecutionAttribute<>("io.parix.backup.provider.aws.SendMark");

    private static final List<Class<? extends Exception>> UNCONNECTED =
            List.of(ConnectException.class, NoRouteToHostException.class, UnknownHostException.class);

    /** Nobody was connected to in time, or no connection was free; by name, as the SDK's HTTP client is not otherwise known here. */
    private static final Set<String> UNCONNECTED_IN_TIME = Set.of(
            "org.apache.hc.client5.http.ConnectTimeoutException",
            "org.apache.hc.core5.http.ConnectionRequestTimeoutException");

    private static final int DEEPEST = 20;

    private final AtomicBoolean begun = new AtomicBoolean();

    /** {@return the limits of a request that is marked when it is sent} */
    AwsRequestOverrideConfiguration on(AwsRequestOverrideConfiguration limits) {
        return limits.toBuilder().putExecutionAttribute(BEGUN, begun).build();
    }

    /** {@return whether a request that failed so may have been heard} */
    boolean mayBeHeard(Throwable failure) {
        return begun.get()
                && Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .limit(DEEPEST)
                        .noneMatch(SendMark::isUnconnected);
    }

    private static boolean isUnconnected(Throwable cause) {
        return UNCONNECTED.stream().anyMatch(each -> each.isInstance(cause))
                || UNCONNECTED_IN_TIME.contains(cause.getClass().getName());
    }

    /** Marks requests, in a client that is made here. */
    static final class Marker implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            AtomicBoolean begun = attributes.getAttribute(BEGUN);
            if (begun != null) {
                begun.set(true);
            }
        }
    }
}
