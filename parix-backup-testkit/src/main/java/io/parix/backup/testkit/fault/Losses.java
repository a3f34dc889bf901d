package io.parix.backup.testkit.fault;

import io.parix.backup.spi.BackupProvider;
import io.parix.backup.spi.CallContext;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.catalog.Catalog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the caller of a port meets with an answer that does not come. */
final class Losses {
    private Losses() {}

    /** The port's own way of not telling whether it happened. */
    static Throwable of(Call call) {
        String message = "The answer to " + call.name() + " of " + call.subject() + " was lost.";
        Package room = call.port().getPackage();
        if (room.equals(BackupProvider.class.getPackage()) || call.port() == Catalog.class) {
            return new ProviderException(ErrorKind.OUTCOME_UNKNOWN, message);
        }
        return Arrays.asList(call.method().getExceptionTypes()).contains(IOException.class)
                ? new IOException(message)
                : new IllegalStateException(message);
    }

    /** Does what was under way: its caller may have been cancelled since, the call cannot. */
    static @Nullable Object landed(Call call) throws Exception {
        List<@Nullable Object> arguments = new ArrayList<>(call.arguments());
        arguments.replaceAll(each -> each instanceof CallContext context
                ? new CallContext(context.timeout(), () -> false, context.job(), context.purpose())
                : each);
        try {
            Object answer = call.proceedWith(arguments);
            if (answer instanceof AutoCloseable open) {
                open.close();
            }
            return answer;
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
