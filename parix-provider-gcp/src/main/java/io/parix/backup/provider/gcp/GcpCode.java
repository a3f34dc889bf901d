package io.parix.backup.provider.gcp;

import io.parix.backup.spi.ErrorKind;
import java.time.Duration;

/** An error that one of Google's services documents. */
interface GcpCode {
    /** {@return its kind} */
    ErrorKind kind();

    /** {@return what to do about it, where that is not plain} */
    String remedy();

    /** {@return how long to wait where it does not say} */
    Duration patience();
}
