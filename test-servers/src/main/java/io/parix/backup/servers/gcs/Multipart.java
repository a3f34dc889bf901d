package io.parix.backup.servers.gcs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies of several parts (RFC 2046, 5.1). */
final class Multipart {
    private static final Pattern BOUNDARY = Pattern.compile(".*boundary=\"?([^\";]+)\"?.*");

    private Multipart() {}

    /**
     * A part.
     *
     * @param headers by lower-case name
     * @param content its bytes
     */
    record Part(Map<String, String> headers, Supplier<byte[]> content) {}

    /** {@return the parts; empty where the body breaks off before its end} */
    static Optional<List<Part>> read(String contentType, byte[] body) {
        Matcher type = BOUNDARY.matcher(contentType);
        if (!type.matches()) {
            return Optional.empty();
        }
        byte[] delimiter = ("--" + type.group(1)).getBytes(StandardCharsets.US_ASCII);
        List<Part> parts = new ArrayList<>();
        int from = find(body, delimiter, 0);
        while (from >= 0) {
            int begin = from + delimiter.length;
            if (begin + 1 < body.length && body[begin] == '-' && body[begin + 1] == '-') {
                return Optional.of(parts);
            }
            int end = find(body, ("\r\n--" + type.group(1)).getBytes(StandardCharsets.US_ASCII), begin);
            if (end < 0) {
                return Optional.empty();
            }
            parts.add(part(Arrays.copyOfRange(body, begin + 2, end)));
            from = end + 2;
        }
        return Optional.empty();
    }

    /** {@return headers, of which there may be none, and what follows them} */
    static Part part(byte[] bytes) {
        if (find(Arrays.copyOf(bytes, 2), "\r\n".getBytes(StandardCharsets.US_ASCII), 0) == 0) {
            byte[] all = Arrays.copyOfRange(bytes, 2, bytes.length);
            return new Part(Map.of(), () -> all);
        }
        int blank = find(bytes, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), 0);
        int end = blank < 0 ? bytes.length : blank;
        Map<String, String> headers = new HashMap<>();
        for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        byte[] content = Arrays.copyOfRange(bytes, Math.min(bytes.length, end + 4), bytes.length);
        return new Part(headers, () -> content);
    }

    /** {@return a body of parts} */
    static byte[] write(String boundary, List<Part> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part each : parts) {
            text(out, "--" + boundary + "\r\n");
            each.headers().forEach((name, value) -> text(out, name + ": " + value + "\r\n"));
            text(out, "\r\n");
            out.writeBytes(each.content().get());
            text(out, "\r\n");
        }
        text(out, "--" + boundary + "--\r\n");
        return out.toByteArray();
    }

    static void text(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int find(byte[] in, byte[] what, int from) {
        for (int i = from; i <= in.length - what.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        return -1;
    }
}
