package io.parix.backup.engine.doctor;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writers by two sessions that want one key. Their bytes come only once those of all are asked for, so that each is past any look whether the key is
 * free before one has written. Its threads are gone when it returns.
 */
final class Race {
    /** A place that asks for nobody's bytes before it has refused the others keeps nobody longer. */
    private static final long MEETING_MILLIS = 1_000;

    private final Ground ground;
    private final ObjectKey key;
    private final CountDownLatch reading = new CountDownLatch(AtOnce.THREADS);

    /** How one ended: null where it was told that it won. */
    private record Ended(int writer, @Nullable ProviderException refused) {}

    Race(Ground ground, ObjectKey key) {
        this.ground = ground;
        this.key = key;
    }

    Verdict run() {
        List<Ended> all = raced();
        List<Ended> winners =
                all.stream().filter(each -> each.refused() == null).toList();
        List<ProviderException> refusals = refusals(all);
        List<ProviderException> others = refusals.stream()
                .filter(each -> each.kind() != ErrorKind.ALREADY_EXISTS)
                .toList();
        Wrongs wrongs = new Wrongs();
        wrongs.hold(winners.size() <= 1, winners.size() + " of " + AtOnce.THREADS + " writers were told that they won");
        others.stream()
                .filter(each -> !Wrongs.saysNothing(each.kind()))
                .forEach(each -> wrongs.hold(
                        false, "one that lost was answered " + each.kind().code()));
        if (wrongs.any()) {
            return wrongs.or("");
        }
        if (others.size() == refusals.size() || (winners.isEmpty() && !others.isEmpty())) {
            throw others.get(0);
        }
        wrongs.hold(winners.size() == 1, "none of " + AtOnce.THREADS + " writers won");
        if (!wrongs.any()) {
            byte[] won = bytes(winners.get(0).writer());
            wrongs.hold(
                    Arrays.equals(ground.read(key, null, won.length), won), "the winner's bytes are not what is read");
        }
        return wrongs.or("one of " + AtOnce.THREADS + " writers won, and its bytes are read");
    }

    private static List<ProviderException> refusals(List<Ended> all) {
        List<ProviderException> refusals = new ArrayList<>();
        for (Ended each : all) {
            ProviderException refused = each.refused();
            if (refused != null) {
                refusals.add(refused);
            }
        }
        return refusals;
    }

    private List<Ended> raced() {
        List<Callable<Ended>> writers = new ArrayList<>();
        for (int i = 0; i < AtOnce.THREADS; i++) {
            int writer = i;
            writers.add(() -> write(writer));
        }
        return new AtOnce("The race for " + key).run(writers);
    }

    private Ended write(int writer) {
        try {
            ground.put(writer % 2 == 0 ? ground.store() : ground.otherStore(), key, new Meeting(bytes(writer)));
            return new Ended(writer, null);
        } catch (ProviderException e) {
            return new Ended(writer, e);
        }
    }

    private byte[] bytes(int writer) {
        return ground.small("writer " + writer);
    }

    private void meet() throws InterruptedIOException {
        reading.countDown();
        try {
            var unused = reading.await(MEETING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Bytes that wait for the others. */
    private final class Meeting implements ObjectContent {
        private final byte[] bytes;

        Meeting(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public Checksums checksums() {
            return Checksums.of(bytes);
        }

        @Override
        public InputStream open() {
            return new FilterInputStream(new ByteArrayInputStream(bytes)) {
                private boolean met;

                @Override
                public int read() throws IOException {
                    meetOnce();
                    return super.read();
                }

                @Override
                public int read(byte[] target, int offset, int length) throws IOException {
                    meetOnce();
                    return super.read(target, offset, length);
                }

                private void meetOnce() throws IOException {
                    if (!met) {
                        met = true;
                        meet();
                    }
                }
            };
        }
    }
}
