package io.parix.backup.testkit.fault;

import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where calls are written down. Safe for concurrent use. */
final class Journal {
    private final Deque<Line> effects = new ArrayDeque<>();
    private final Deque<Line> looks = new ArrayDeque<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final boolean keeps;
    private long begun;

    Journal(boolean keeps) {
        this.keeps = keeps;
    }

    /** One call, and how it goes. */
    static final class Line {
        private EffectLog.@Nullable Entry begun;
        private volatile boolean done;
        private volatile Outcome outcome = Outcome.UNDER_WAY;

        /** What answers the port has done it. */
        void done() {
            done = true;
        }

        void answered(String kind) {
            outcome = new Outcome(Outcome.Way.ANSWERED, kind);
        }

        void threw(Throwable e) {
            if (e instanceof ProviderException refused) {
                boolean unknown = refused.kind() == ErrorKind.OUTCOME_UNKNOWN;
                outcome = done || unknown
                        ? new Outcome(
                                Outcome.Way.LOST, unknown ? "" : refused.kind().code())
                        : new Outcome(Outcome.Way.REFUSED, refused.kind().code());
            } else {
                outcome = new Outcome(
                        done ? Outcome.Way.LOST : Outcome.Way.REFUSED,
                        e.getClass().getSimpleName());
            }
        }

        private Stream<EffectLog.Entry> entry() {
            return Stream.ofNullable(begun)
                    .map(entry -> new EffectLog.Entry(
                            entry.number(),
                            entry.at(),
                            entry.port(),
                            entry.method(),
                            entry.subject(),
                            entry.effect(),
                            entry.faults(),
                            outcome));
        }
    }

    /** A call from outside; counted, too. */
    void call(Line line, GatedCall call, Instant now, List<Strike> strikes) {
        if (keeps) {
            begin(
                    line,
                    call,
                    now,
                    strikes.stream().map(each -> each.fault().toString()).toList());
            count(call.known());
        }
    }

    /** What a call had put off. */
    void landing(Line line, GatedCall call, Instant now) {
        if (keeps) {
            begin(line, call, now, List.of("had been put off"));
        }
    }

    private synchronized void count(Ports.Known method) {
        counts.merge(method.signature(), 1, Integer::sum);
    }

    private synchronized void begin(Line line, GatedCall call, Instant now, List<String> faults) {
        begun++;
        line.begun = new EffectLog.Entry(
                begun,
                now,
                call.known().port(),
                call.method().getName(),
                call.subject(),
                call.isEffect(),
                faults,
                Outcome.UNDER_WAY);
        Deque<Line> kept = call.isEffect() ? effects : looks;
        kept.add(line);
        if (kept.size() > EffectLog.LIMIT) {
            kept.remove();
        }
    }

    synchronized int count(Collection<String> signatures) {
        requireKept();
        return signatures.stream()
                .mapToInt(each -> counts.getOrDefault(each, 0))
                .sum();
    }

    private void requireKept() {
        if (!keeps) {
            throw new IllegalStateException("These faults were made without a log. Make them with Faults.on.");
        }
    }

    synchronized EffectLog log() {
        requireKept();
        List<EffectLog.Entry> entries = Stream.concat(effects.stream(), looks.stream())
                .flatMap(Line::entry)
                .sorted(Comparator.comparingLong(EffectLog.Entry::number))
                .toList();
        return new EffectLog(entries, begun - entries.size());
    }
}
