package io.parix.backup.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.parix.backup.BackupEvent;
import io.parix.backup.ErrorCode;
import io.parix.backup.host.BackupListener;

/**
 * Counts events by what happened and why (spec J1). An event is delivered at least once, and where several nodes tick at once perhaps to
 * more than one of them; each delivery counts. So the sum over nodes is an upper bound; who needs the number itself counts distinct
 * {@link BackupEvent#id() ids}, over all nodes. Safe for concurrent calls.
 */
public final class EventMeters implements BackupListener {
    /** The name of the counter. */
    public static final String EVENTS = "parix.backup.events";

    private static final String NO_REASON = "none";

    private final MeterRegistry registry;

    /**
     * Registers a counter for each kind of event, so that each begins at zero; those with a reason come as they happen.
     *
     * @param registry where to
     */
    public EventMeters(MeterRegistry registry) {
        this.registry = registry;
        for (BackupEvent.Kind kind : BackupEvent.Kind.values()) {
            counter(kind, NO_REASON);
        }
    }

    @Override
    public void on(BackupEvent event) {
        counter(event.kind(), event.failureCode().map(ErrorCode::code).orElse(NO_REASON))
                .increment();
    }

    private Counter counter(BackupEvent.Kind kind, String reason) {
        return Counter.builder(EVENTS)
                .description("Events that were delivered, by the code of their kind and of the failure")
                .tag("kind", kind.code())
                .tag("reason", reason)
                .register(registry);
    }
}
