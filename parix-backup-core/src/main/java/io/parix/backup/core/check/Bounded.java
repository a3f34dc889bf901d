package io.parix.backup.core.check;

/** Texts of a host or a provider, which may say as much as it likes, as they are shown and kept. */
public final class Bounded {
    private static final int LONGEST = 500;

    private Bounded() {}

    /**
     * Cuts a text that is long, at a whole character.
     *
     * @param text any
     * @return the text, where it has 500 characters at most; else its first 500, or 499 where the last would be half of one, and an
     *     ellipsis
     */
    public static String text(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "…";
    }
}
