package io.parix.backup;

/** Text of foreign origin made safe for one line of a message: quoted, control characters escaped, bounded. */
public final class Printable {
    private static final int SHOWN = 120;

    /** Without these two some scripts cannot be written (Unicode Standard, 23.2). */
    private static final String JOINERS = "\u200c\u200d";

    private Printable() {}

    /**
     * Whether foreign text can be shown to people on one line, where it stands for nothing but itself: no control character, no mark
     * that turns the direction of what follows or shows nothing, no end of a line, and no half of a pair of surrogates (spec I4).
     *
     * @param text any text
     * @param longest the most characters that it may have, 1 or more
     * @return whether it has 1 to that many, not all of them blank, and each is printable
     */
    public static boolean is(String text, int longest) {
        return !text.isBlank() && text.length() <= longest && text.codePoints().allMatch(Printable::isPrintable);
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            case Character.FORMAT -> JOINERS.indexOf(point) >= 0;
            default -> true;
        };
    }

    /**
     * Quotes foreign text for a message.
     *
     * @param text any text
     * @return the text in single quotes, control characters as {@code \\uXXXX}, at most 120 characters of it shown
     */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder("'");
        text.chars().limit(SHOWN).forEach(c -> {
            if (c < 0x20 || c >= 0x7f) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append(text.length() > SHOWN ? "…'" : "'").toString();
    }
}
