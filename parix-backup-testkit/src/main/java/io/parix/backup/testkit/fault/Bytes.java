package io.parix.backup.testkit.fault;

import io.parix.backup.spi.Checksums;
import io.parix.backup.spi.ErrorKind;
import io.parix.backup.spi.ObjectContent;
import io.parix.backup.spi.ProviderException;
import io.parix.backup.spi.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What calls do to bytes: they answer a stream, take a content or write a buffer, or fill one. */
final class Bytes {
    private Bytes() {}

    /** Whether bytes are sent. */
    static boolean writes(Method method) {
        return takes(method, ObjectContent.class) || (takes(method, ByteBuffer.class) && answersNothing(method));
    }

    /** Whether bytes are sent or come. */
    static boolean moves(Method method) {
        return writes(method) || takes(method, ByteBuffer.class) || method.getReturnType() == InputStream.class;
    }

    private static boolean takes(Method method, Class<?> type) {
        return Arrays.asList(method.getParameterTypes()).contains(type);
    }

    private static boolean answersNothing(Method method) {
        return method.getReturnType() == void.class;
    }

    /** Does a call with one bit in the middle of its bytes changed on the way. */
    static @Nullable Object flipped(Call call) throws Throwable {
        if (takes(call.method(), ObjectContent.class)) {
            return call.proceedWith(replaced(
                    call,
                    each -> each instanceof ObjectContent content ? new Sent(flipped(all(content)), content) : each));
        } else if (writes(call.method())) {
            return sent(call, Bytes::flipped);
        } else if (takes(call.method(), ByteBuffer.class)) {
            return filled(call);
        }
        try (InputStream in = (InputStream) call.proceed()) {
            return in == null ? null : new ByteArrayInputStream(flipped(in.readAllBytes()));
        }
    }

    private static byte[] flipped(byte[] bytes) {
        return bytes.length == 0 ? bytes : Damage.flip(bytes.length / 2).apply(bytes);
    }

    private static @Nullable Object filled(Call call) throws Throwable {
        ByteBuffer target = call.argument(ByteBuffer.class);
        int from = target.position();
        Object answer = call.proceed();
        int middle = from + (target.position() - from) / 2;
        if (target.position() > from) {
            target.put(middle, (byte) (target.get(middle) ^ 1));
        }
        return answer;
    }

    /** Does a call with other bytes, without its caller's noticing. */
    static @Nullable Object corrupted(Call call, UnaryOperator<byte[]> damage) throws Throwable {
        if (!takes(call.method(), ObjectContent.class)) {
            return sent(call, damage);
        }
        ObjectContent right = call.argument(ObjectContent.class);
        ObjectContent wrong = ObjectContent.of(damage.apply(all(right)));
        Object answer = call.proceedWith(replaced(call, each -> each == right ? wrong : each));
        return answer instanceof StoredObject stored
                ? new StoredObject(stored.key(), right.length(), stored.createdAt(), right.checksums())
                : answer;
    }

    /** Writes other bytes in place of those of a buffer, which counts as written. */
    private static @Nullable Object sent(Call call, UnaryOperator<byte[]> change) throws Throwable {
        ByteBuffer source = call.argument(ByteBuffer.class);
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        ByteBuffer changed = ByteBuffer.wrap(change.apply(bytes));
        return call.proceedWith(replaced(call, each -> each == source ? changed : each));
    }

    private static List<@Nullable Object> replaced(Call call, UnaryOperator<@Nullable Object> change) {
        List<@Nullable Object> arguments = new ArrayList<>(call.arguments());
        arguments.replaceAll(change);
        return arguments;
    }

    private static byte[] all(ObjectContent content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ProviderException(ErrorKind.UNAVAILABLE, "The content to be written could not be read.", e);
        }
    }

    /** Bytes that are not those that are promised. */
    private static final class Sent implements ObjectContent {
        private final byte[] bytes;
        private final ObjectContent promised;

        Sent(byte[] bytes, ObjectContent promised) {
            this.bytes = bytes;
            this.promised = promised;
        }

        @Override
        public long length() {
            return promised.length();
        }

        @Override
        public Checksums checksums() {
            return promised.checksums();
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
