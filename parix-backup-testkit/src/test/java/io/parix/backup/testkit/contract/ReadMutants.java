package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;

import io.parix.backup.spi.ByteRange;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores whose reading is wrong, each named for what it does and the requirement that it breaks. */
final class ReadMutants {
    static final StoreMutants MUTANTS = new StoreMutants();

    private ReadMutants() {}

    static {
        MUTANTS.add("SPI-31 keeps the last read in a field", WrongStores.SharedFieldStore::new);
        MUTANTS.get("SPI-40 begins one byte late", (right, key, range, call) -> {
            if (range == null || range.offset() == 0 || range.length() == 1) {
                return right.get(key, range, call);
            }
            return right.get(key, new ByteRange(range.offset() + 1, range.length() - 1), call);
        });
        MUTANTS.get("SPI-40 gives one byte too many", (right, key, range, call) -> {
            long size = right.stat(key, call).map(StoredObject::length).orElse(0L);
            if (range == null || range.end() >= size) {
                return right.get(key, range, call);
            }
            return right.get(key, new ByteRange(range.offset(), range.length() + 1), call);
        });
        MUTANTS.get("SPI-40 gives the whole object", (right, key, range, call) -> {
            right.get(key, range, call);
            return right.get(key, null, call);
        });
        MUTANTS.get("SPI-41 clips ranges", (right, key, range, call) -> {
            long size = right.stat(key, call).map(StoredObject::length).orElse(0L);
            if (range == null || range.end() <= size) {
                return right.get(key, range, call);
            }
            return range.offset() < size
                    ? right.get(key, new ByteRange(range.offset(), size - range.offset()), call)
                    : InputStream.nullInputStream();
        });
        MUTANTS.get("SPI-42 finds nothing of everything", (right, key, range, call) -> {
            try {
                return right.get(key, range, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.NOT_FOUND) {
                    return InputStream.nullInputStream();
                }
                throw e;
            }
        });
        MUTANTS.get("SPI-42 answers denied for what is not there", (right, key, range, call) -> {
            try {
                return right.get(key, range, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.NOT_FOUND ? error(ErrorKind.DENIED) : e;
            }
        });
        MUTANTS.stat("SPI-42 describes folders", (right, key, call) -> {
            List<StoredObject> below =
                    right.list(new KeyPrefix(key.value()), null, call).objects();
            Optional<StoredObject> folder =
                    below.stream().findFirst().map(o -> new StoredObject(key, 0, o.createdAt(), null));
            return right.stat(key, call).or(() -> folder);
        });
        MUTANTS.stat(
                "SPI-43 lies about the length",
                (right, key, call) -> right.stat(key, call)
                        .map(o -> new StoredObject(key, o.length() & ~0xfL, o.createdAt(), o.checksums())));
        MUTANTS.stat(
                "SPI-43 tells the time of asking",
                (right, key, call) -> right.stat(key, call)
                        .map(o -> new StoredObject(
                                key, o.length(), Instant.now().plusNanos(System.nanoTime()), o.checksums())));
        MUTANTS.stat(
                "SPI-44 tells the checksums of nothing",
                (right, key, call) -> right.stat(key, call)
                        .map(o -> new StoredObject(key, o.length(), o.createdAt(), Checksums.of(new byte[0]))));
        MUTANTS.get("SPI-45 ends a stream early", (right, key, range, call) -> {
            InputStream all = right.get(key, range, call);
            return range == null && right.stat(key, call).orElseThrow().length() > (1 << 20)
                    ? new MutantParts.EarlyEnd(all, 1 << 20)
                    : all;
        });
        MUTANTS.get(
                "SPI-71 has all the time in the world",
                (right, key, range, call) -> right.get(
                        key, range, new CallContext(Duration.ofDays(1), call.cancelled(), call.job(), call.purpose())));
        MUTANTS.stat("SPI-74 finds nothing when lost", (right, key, call) -> {
            try {
                return right.stat(key, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.UNAVAILABLE) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }
}
