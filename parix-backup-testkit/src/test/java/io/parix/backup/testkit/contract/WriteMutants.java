package io.parix.backup.testkit.contract;

import static io.parix.backup.testkit.contract.MutantParts.error;
import static io.parix.backup.testkit.contract.MutantParts.patient;
import static io.parix.backup.testkit.contract.MutantParts.received;
import static io.parix.backup.testkit.contract.MutantParts.some;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.KeyPrefix;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ObjectKey;
import io.parix.backup.spi.ObjectStore;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Stores whose writing is wrong, each named for what it does and the requirement that it breaks. */
final class WriteMutants {
    static final StoreMutants MUTANTS = new StoreMutants();

    private WriteMutants() {}

    static {
        MUTANTS.put("SPI-20 drops the last byte", (right, key, content, call) -> {
            byte[] bytes = received(content);
            int n = bytes.length > 1_000 ? bytes.length - 1 : bytes.length;
            return right.putIfAbsent(key, ObjectContent.of(Arrays.copyOf(bytes, n)), call);
        });
        MUTANTS.put("SPI-20 answers with another length", (right, key, content, call) -> {
            StoredObject o = right.putIfAbsent(key, content, call);
            return new StoredObject(key, o.length() + 1, o.createdAt(), null);
        });
        MUTANTS.put("SPI-21 overwrites", (right, key, content, call) -> {
            right.delete(List.of(key), call);
            return right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-21 takes equal bytes for success", (right, key, content, call) -> {
            Optional<StoredObject> there = right.stat(key, call);
            boolean equal = there.flatMap(StoredObject::knownChecksums).equals(Optional.of(content.checksums()));
            return equal ? there.orElseThrow() : right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-21 answers conflict", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.ALREADY_EXISTS ? error(ErrorKind.CONFLICT) : e;
            }
        });
        MUTANTS.add("SPI-22 looks before it writes, not while", WrongStores.RacingStore::new);
        MUTANTS.put("SPI-23 ignores the checksums", (right, key, content, call) -> {
            byte[] bytes = received(content);
            return bytes.length == content.length()
                    ? right.putIfAbsent(key, ObjectContent.of(bytes), call)
                    : right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-23 ignores the CRC-32C", (right, key, content, call) -> {
            byte[] bytes = received(content);
            Checksums real = Checksums.of(bytes);
            boolean same = real.sha256().equals(content.checksums().sha256());
            return right.putIfAbsent(
                    key, same && bytes.length == content.length() ? ObjectContent.of(bytes) : content, call);
        });
        MUTANTS.put("SPI-23 keeps what is corrupt", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.CORRUPT) {
                    right.putIfAbsent(key, ObjectContent.of(received(content)), call);
                }
                throw e;
            }
        });
        MUTANTS.put("SPI-24 stops reading at the promised length", (right, key, content, call) -> {
            byte[] bytes = received(content);
            int n = (int) Math.min(bytes.length, content.length());
            ObjectContent cut = ObjectContent.of(Arrays.copyOf(bytes, n));
            boolean same = cut.checksums().equals(content.checksums());
            return right.putIfAbsent(key, same && n == content.length() ? cut : content, call);
        });
        MUTANTS.put("SPI-24 ignores the length", (right, key, content, call) -> {
            byte[] bytes = received(content);
            boolean same = Checksums.of(bytes).equals(content.checksums());
            return right.putIfAbsent(key, same ? ObjectContent.of(bytes) : content, call);
        });
        MUTANTS.put("SPI-25 leaves half an object", (right, key, content, call) -> {
            byte[] some = some(content);
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                if (e.kind() == ErrorKind.UNAVAILABLE) {
                    right.putIfAbsent(key, ObjectContent.of(some), call);
                }
                throw e;
            }
        });
        MUTANTS.put("SPI-25 lets the content's error escape", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                if (e.getCause() instanceof IOException io) {
                    throw new UncheckedIOException(io);
                }
                throw e;
            }
        });
        MUTANTS.put("SPI-26 loses empty objects", (right, key, content, call) -> {
            if (content.length() == 0) {
                return new StoredObject(key, 0, Instant.now(), content.checksums());
            }
            return right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-27 refuses long keys", (right, key, content, call) -> {
            if (key.value().length() > 255) {
                throw error(ErrorKind.INVALID_REQUEST);
            }
            return right.putIfAbsent(key, content, call);
        });
        MUTANTS.add("SPI-28 ignores case", WrongStores.CaseBlindStore::new);
        MUTANTS.put("SPI-29 removes the object that is in the way of a folder", (right, key, content, call) -> {
            int slash = key.value().lastIndexOf('/');
            if (slash > 0) {
                right.delete(List.of(new ObjectKey(key.value().substring(0, slash))), call);
            }
            return right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-29 calls a folder a taken key", (right, key, content, call) -> {
            if (!right.list(new KeyPrefix(key.value()), null, call).objects().isEmpty()) {
                throw error(ErrorKind.ALREADY_EXISTS);
            }
            return right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-30 reads what it will refuse", (right, key, content, call) -> {
            some(content);
            return right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-70 does not look up while it writes", (right, key, content, call) -> {
            call.check("writing");
            return right.putIfAbsent(key, content, patient(call));
        });
        MUTANTS.put("SPI-72 swallows interrupts", (right, key, content, call) -> {
            Thread.interrupted();
            return right.putIfAbsent(key, content, call);
        });
        MUTANTS.put("SPI-72 breaks by an interrupt", new StoreMutants.Put() {
            private final AtomicBoolean broken = new AtomicBoolean();

            @Override
            public StoredObject put(ObjectStore right, ObjectKey key, ObjectContent content, CallContext call) {
                if (key.value().equals("interrupted")) {
                    broken.set(Thread.currentThread().isInterrupted());
                    throw error(ErrorKind.CANCELLED);
                }
                if (broken.get()) {
                    throw error(ErrorKind.UNAVAILABLE);
                }
                return right.putIfAbsent(key, content, call);
            }
        });
        MUTANTS.put("SPI-73 answers unavailable when full", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.QUOTA ? error(ErrorKind.UNAVAILABLE) : e;
            }
        });
        MUTANTS.put("SPI-75 answers unavailable when forbidden", (right, key, content, call) -> {
            try {
                return right.putIfAbsent(key, content, call);
            } catch (ProviderException e) {
                throw e.kind() == ErrorKind.DENIED ? error(ErrorKind.UNAVAILABLE) : e;
            }
        });
    }
}
