package io.parix.backup.provider.aws;

import io.parix.backup.spi.ErrorKind;
import java.time.Duration;

/** A row of a service's table of error codes: what one of them means. */
interface AwsCode {
    /** {@return the code} */
    String text();

    /** {@return the HTTP status that comes with it} */
    int status();

    /** {@return its kind} */
    ErrorKind kind();

    /** {@return what to do about it, where that is not plain} */
    String remedy();

    /** {@return how long to wait, where it asks for patience and the answer does not say how much} */
    default Duration patience() {
        return AwsErrors.PATIENCE;
    }
}
