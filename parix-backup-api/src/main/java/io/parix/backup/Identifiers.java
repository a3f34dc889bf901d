package io.parix.backup;

/** What every outside name must satisfy before it may become part of a path or a key. */
final class Identifiers {
    private Identifiers() {}

    /** Returns {@code value}, which is 1 to {@code max} characters of A-Z, a-z, 0-9, {@code .}, {@code _}, {@code -}. */
    static String require(String what, String value, int max) {
        if (value.isEmpty() || value.length() > max) {
            throw InvalidRequestException.of(
                    what, Printable.quote(value), "it must have 1 to " + max + " characters, it has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (!allowed(value.charAt(i), i)) {
                throw InvalidRequestException.of(
                        what,
                        Printable.quote(value),
                        "character " + i + " is not a letter, digit, '.', '_' or '-', or it starts with a sign");
            }
        }
        if (value.contains("..")) {
            throw InvalidRequestException.of(what, Printable.quote(value), "it must not contain '..'");
        }
        return value;
    }

    private static boolean allowed(char c, int at) {
        boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return alphanumeric || (at > 0 && (c == '.' || c == '_' || c == '-'));
    }
}
