package io.parix.backup.testkit.contract;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a page of {@code docs} demands under a number.
 *
 * @param id letters and number
 * @param demand in the page's words
 */
record Requirement(String id, String demand) {
    static final Path DOCS = Path.of("..", "docs");

    private static final Pattern ID = Pattern.compile("[A-Z]{3}-\\d\\d\\b");
    private static final Pattern ROW = Pattern.compile("\\| (" + ID.pattern() + ") \\| (.*?) \\|.*");

    /** The number that a test's, or a mutant's, name begins with. */
    static String idOf(String name) {
        Matcher id = ID.matcher(name);
        return id.lookingAt() ? id.group() : "no id: " + name;
    }

    /** What a name says after its number. */
    static String wordsOf(String name) {
        return name.substring(idOf(name).length()).strip();
    }

    /** The requirements of a page, in its order. */
    static List<Requirement> of(Path page) throws IOException {
        List<Requirement> found = new ArrayList<>();
        for (String line : Files.readAllLines(page)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                found.add(new Requirement(row.group(1), row.group(2)));
            }
        }
        return found;
    }

    /** The requirements of a page by its name. */
    static List<Requirement> of(String page) throws IOException {
        return of(DOCS.resolve(page));
    }

    /** Every page that somebody wrote, in all folders. */
    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.equals(ContractsDocumentTest.DOCUMENT))
                    .sorted()
                    .toList();
        }
    }
}
