package io.parix.backup;

/** Text of foreign origin made safe for one line of a message: quoted, control characters escaped, bounded. */
public final class Printable {
    private static final int SHOWN = 120;

    private Printable() {}

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
