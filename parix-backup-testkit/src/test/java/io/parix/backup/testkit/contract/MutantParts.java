package io.parix.backup.testkit.contract;

import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What mutants are made of. */
final class MutantParts {
    private MutantParts() {}

    static ProviderException error(ErrorKind kind) {
        return new ProviderException(kind, "wrong on purpose");
    }

    static CallContext patient(CallContext call) {
        return new CallContext(call.timeout(), () -> false, call.job(), call.purpose());
    }

    static String[] segments(StoredObject object) {
        return object.key().value().split("/", -1);
    }

    /** All bytes that a content gives, as a store has them that checks nothing. */
    static byte[] received(ObjectContent content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ProviderException(ErrorKind.UNAVAILABLE, "the content could not be read", e);
        }
    }

    static byte[] some(ObjectContent content) {
        try (InputStream in = content.open()) {
            return in.readNBytes(1_000);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** Ends without an error after so many bytes. */
    static final class EarlyEnd extends FilterInputStream {
        private int left;

        EarlyEnd(InputStream in, int left) {
            super(in);
            this.left = left;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = left == 0 ? -1 : in.read(target, offset, Math.min(length, left));
            left -= Math.max(n, 0);
            return n;
        }
    }
}
