package io.parix.backup.spi;

import io.parix.backup.InvalidRequestException;
import io.parix.backup.Printable;

/** The alphabet of keys: whole path segments, so that a prefix never touches a neighbour. */
final class KeySyntax {
    private static final int MAX_KEY = 1_000;
    private static final int MAX_SEGMENT = 200;

    private KeySyntax() {}

    static void require(String what, String value) {
        if (value.isEmpty() || value.length() > MAX_KEY) {
            throw refuse(what, value, "it must have 1 to " + MAX_KEY + " characters");
        }
        for (String segment : value.split("/", -1)) {
            requireSegment(what, value, segment);
        }
    }

    private static void requireSegment(String what, String value, String segment) {
        if (segment.isEmpty() || segment.length() > MAX_SEGMENT) {
            throw refuse(what, value, "each segment must have 1 to " + MAX_SEGMENT + " characters");
        }
        if (!alphanumeric(segment.charAt(0))) {
            throw refuse(what, value, "each segment must start with a letter or digit");
        }
        boolean plain = segment.chars().allMatch(c -> alphanumeric(c) || c == '.' || c == '_' || c == '-');
        if (!plain || segment.contains("..")) {
            throw refuse(what, value, "segments consist of letters, digits, '.', '_' and '-', without '..'");
        }
    }

    private static boolean alphanumeric(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static InvalidRequestException refuse(String what, String value, String fact) {
        return InvalidRequestException.of(what, Printable.quote(value), fact);
    }
}
