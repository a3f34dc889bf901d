package io.parix.backup.examples.parts;

/** Text of foreign origin as it may stand on a terminal: nothing in it moves the cursor, breaks the line or turns the direction. */
final class PlainText {
    private static final String MORE = "…";

    private PlainText() {}

    /** The text on one line; what would not be seen, or would change how the rest is seen, as an escape. */
    static String of(String foreign) {
        StringBuilder out = new StringBuilder();
        foreign.codePoints().forEach(c -> {
            if (harmless(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format("\\u%04x", c));
            }
        });
        return out.toString();
    }

    private static boolean harmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }

    /** How many columns of a terminal it takes. */
    static int columns(String text) {
        return text.codePoints().map(PlainText::columns).sum();
    }

    private static int columns(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return wide(codePoint) ? 2 : 1;
    }

    private static boolean wide(int codePoint) {
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HANGUL
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA;
    }

    /** The text, or its beginning with a sign that there is more. */
    static String within(String text, int columns) {
        if (columns(text) <= columns) {
            return text;
        }
        int end = 0;
        int taken = columns(MORE);
        while (taken + columns(text.codePointAt(end)) <= columns) {
            taken += columns(text.codePointAt(end));
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end).stripTrailing() + MORE;
    }
}
