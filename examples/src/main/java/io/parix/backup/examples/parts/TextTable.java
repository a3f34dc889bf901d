package io.parix.backup.examples.parts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A table of text whose columns are as wide as they need be, and narrower at the widest where a line would be too long. */
public final class TextTable {
    private static final String GAP = "  ";

    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * A table without rows.
     *
     * @param width the most columns of a line
     * @param headings one for each column
     */
    public TextTable(int width, List<String> headings) {
        this.width = width;
        add(headings);
    }

    /**
     * Adds a row; text that is not ours is made plain.
     *
     * @param cells one for each column
     */
    public void add(List<String> cells) {
        rows.add(cells.stream().map(PlainText::of).toList());
    }

    /** {@return the headings and the rows, a line each} */
    public List<String> lines() {
        int[] widths = fitting();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private int[] fitting() {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> Arrays.setAll(widths, i -> Math.max(widths[i], PlainText.columns(row.get(i)))));
        int room = width - GAP.length() * (widths.length - 1);
        for (int over = Arrays.stream(widths).sum() - room; over > 0; over--) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    private static int widest(int[] widths) {
        int widest = 0;
        for (int i = 1; i < widths.length; i++) {
            widest = widths[i] > widths[widest] ? i : widest;
        }
        return widest;
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = PlainText.within(row.get(i), widths[i]);
            line.append(i == 0 ? "" : GAP).append(cell).append(" ".repeat(widths[i] - PlainText.columns(cell)));
        }
        return line.toString().stripTrailing();
    }
}
