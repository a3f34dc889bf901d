package io.parix.backup.provider.aws.server;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An answer.
 *
 * @param status its HTTP status
 * @param headers by name
 * @param body its body
 */
public record FakeAnswer(int status, Map<String, String> headers, Supplier<byte[]> body) {
    /**
     * An answer.
     *
     * @param status its HTTP status
     * @param headers by name
     * @param body its body
     * @return the answer
     */
    public static FakeAnswer of(int status, Map<String, String> headers, byte[] body) {
        return new FakeAnswer(status, headers, () -> body);
    }

    static FakeAnswer ok(Map<String, String> headers) {
        return of(200, headers, new byte[0]);
    }

    static FakeAnswer xml(String root, String content) {
        return of(
                200,
                Map.of("Content-Type", "application/xml"),
                ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root
                                + " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">" + content + "</" + root + ">")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An error, as S3 words it.
     *
     * @param status its HTTP status
     * @param code its code
     * @return the answer
     */
    public static FakeAnswer error(int status, String code) {
        return error(status, code, Map.of());
    }

    /**
     * An error with headers.
     *
     * @param status its HTTP status
     * @param code its code
     * @param headers for example {@code Retry-After}
     * @return the answer
     */
    public static FakeAnswer error(int status, String code, Map<String, String> headers) {
        String body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>As " + code
                + " says.</Message><RequestId>request-1</RequestId></Error>";
        return of(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return an element with text in it} */
    static String element(String name, Object text) {
        String escaped =
                String.valueOf(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }
}
