package io.parix.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.parix.backup.ByteSize;
import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import io.parix.backup.InvalidRequestException;
import io.parix.backup.ReplicaFacts;
import io.parix.backup.archive.export.Export;
import io.parix.backup.archive.export.ExportRequest;
import io.parix.backup.archive.export.Exported;
import io.parix.backup.archive.export.Source;
import io.parix.backup.archive.flow.ByteProgress;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ProviderException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportFaultTest {
    @TempDir
    private Path spool;

    private final TestStore store = new TestStore();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final TestImage image = TestImage.random(1, 300);

    @AfterEach
    void nothingIsLeft() {
        pool.shutdownNow();
        assertThat(spool).isEmptyDirectory();
    }

    private Archives archives() {
        return new Archives(store, spool).on(pool);
    }

    @Test
    void aFullStoreSurfacesAsTheProvidersOwnError() {
        store.leaveRoom(300_000);
        ProviderException e =
                catchThrowableOfType(ProviderException.class, () -> archives().export("b-1", null, List.of(image)));
        assertThat(e.kind()).isEqualTo(ErrorKind.QUOTA);
    }

    @Test
    @DisplayName("B5 a cancelled export stops and says so")
    void aCancelledExportStops() {
        // Whichever thread stores the first segment has most of the image before it, and sees the cancellation next.
        BooleanSupplier cancelled = () -> store.puts.get() > 0;
        CallContext call = new CallContext(Duration.ofMinutes(1), cancelled, "job-1", CallContext.Purpose.DATA);
        Archives archives = archives();
        ExportRequest request = archives.request("b-1", null, List.of(image, image));
        ProviderException e = catchThrowableOfType(
                ProviderException.class, () -> Export.run(request, archives.bench(call, ByteProgress.NONE)));
        assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(store.keys())
                .isNotEmpty()
                .hasSizeLessThan(
                        archives().export("b-2", null, List.of(image)).created().size())
                .noneMatch(k -> k.name().endsWith(".idx"));
    }

    @Test
    @DisplayName("B2 progress grows up to what was expected, told by the caller's own thread")
    void progressReachesWhatWasExpected() {
        List<Long> told = new ArrayList<>();
        Thread caller = Thread.currentThread();
        Archives archives = archives();
        Export.run(
                archives.request("b-1", null, List.of(image, image)), archives.bench(Archives.call(), (done, all) -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    assertThat(all).isEqualTo(2L * image.bytes().length);
                    told.add(done);
                }));
        assertThat(told).isSorted().last().isEqualTo(2L * image.bytes().length);
    }

    @Test
    void whatTheProgressListenerThrowsEndsTheExport() {
        Archives archives = archives();
        assertThatThrownBy(() -> Export.run(
                        archives.request("b-1", null, List.of(image)), archives.bench(Archives.call(), (done, all) -> {
                            throw new IllegalStateException("lease lost");
                        })))
                .hasMessage("lease lost");
    }

    @Test
    void anUnreadableImageIsNamed() {
        TestImage broken = TestImage.random(1, 300).unreadableFrom(500_000);
        FailedException e = catchThrowableOfType(
                FailedException.class, () -> archives().export("b-1", null, List.of(image, broken)));
        assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_UNREADABLE);
        assertThat(e).hasMessageContaining("77_x.tigerbeetle").hasMessageContaining("medium error");
    }

    @Test
    @DisplayName("C7 an image of another length than its facts is refused")
    void anImageOfAnotherLengthIsRefused() {
        Archives archives = archives();
        ExportRequest good = archives.request("b-1", null, List.of(image));
        ReplicaFacts longer = new ReplicaFacts(0, 1, "77", "0.17.8", 959, new ByteSize(image.bytes().length + 4096L));
        ExportRequest request = new ExportRequest(
                good.place(),
                good.backup(),
                7,
                good.layout(),
                List.of(new Source(longer, image)),
                null,
                good.startedAt(),
                good.settings(),
                null);
        FailedException e = catchThrowableOfType(FailedException.class, () -> Export.run(request, archives.bench()));
        assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_MOVED);
    }

    @Test
    void anExecutorThatLendsNothingIsEnough() {
        Archives archives = new Archives(store, spool).on(task -> {
            throw new RejectedExecutionException("shut down");
        });
        assertThat(archives.export("b-1", null, List.of(image)).created()).isNotEmpty();
        Archives direct = new Archives(store, spool).on(Runnable::run);
        assertThat(direct.export("b-2", null, List.of(image)).created()).isNotEmpty();
    }

    @Test
    @DisplayName("C9 an export repeated after a lost answer finds its own objects and succeeds")
    void aRepeatedExportFindsItsOwnObjects() {
        store.loseAnswers(k -> k.name().endsWith("-0000000002.seg"));
        ProviderException e =
                catchThrowableOfType(ProviderException.class, () -> archives().export("b-1", null, List.of(image)));
        assertThat(e.kind()).isEqualTo(ErrorKind.OUTCOME_UNKNOWN);
        store.loseAnswers(k -> false);
        Exported again = archives().export("b-1", null, List.of(image));
        assertThat(store.keys()).hasSize(again.created().size());
    }

    @Test
    @DisplayName("C9 a key of this attempt that holds something else is a conflict and stays as it is")
    void aKeyThatHoldsSomethingElseIsAConflict() {
        for (boolean checksums : new boolean[] {true, false}) {
            TestStore taken = checksums ? new TestStore() : new TestStore().withoutChecksums();
            Archives archives = new Archives(taken, spool).on(pool);
            Exported exported = archives.export("b-1", null, List.of(image));
            ObjectKey key =
                    archives.place.keys().resolve(exported.created().get(2).name());
            taken.flip(key, 30);
            byte[] before = taken.bytes(key);
            FailedException e =
                    catchThrowableOfType(FailedException.class, () -> archives.export("b-1", null, List.of(image)));
            assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_CONFLICT);
            assertThat(taken.bytes(key)).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("C8 where the store keeps no checksum every object is read back")
    void withoutChecksumsEveryObjectIsReadBack() {
        store.withoutChecksums();
        Exported exported = archives().export("b-1", null, List.of(image));
        assertThat(store.gets).hasValue(exported.created().size());
    }

    @Test
    void segmentsTooSmallForARowAreRefused() {
        List<TestImage> six = List.of(image, image, image, image, image, image);
        long least = 16 + 24 + 6L * (48 + TestImage.LAYOUT.longestChunk());
        Archives justEnough = archives().with(Archives.SMALL.withSegmentSize(new ByteSize(least)));
        assertThat(justEnough.export("b-1", null, six).replicas()).hasSize(6);
        Archives tooSmall = archives().with(Archives.SMALL.withSegmentSize(new ByteSize(least - 1)));
        assertThatThrownBy(() -> tooSmall.export("b-2", null, six)).isInstanceOf(InvalidRequestException.class);
    }
}
