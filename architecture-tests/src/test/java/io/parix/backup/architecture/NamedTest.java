package io.parix.backup.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A test, or a class of them, whose name begins with the rules that it proves. Only the beginning counts: further on, {@code H2}
 * is a database.
 *
 * @param module the module that it lies in
 * @param type the file's class
 * @param ids the rules, each once
 * @param words the rest of the name
 */
record NamedTest(String module, String type, Set<String> ids, String words) {
    private static final Set<String> NAMING = Set.of("DisplayName", "ParameterizedTest", "RepeatedTest");
    private static final Pattern LEADING_ID = Pattern.compile("\\G([A-Z]+-?[0-9]+)\\b[:,]? *");

    /** {@return every one of a file, in the order of the file} */
    static List<NamedTest> in(SourceTree source) {
        return Stream.concat(
                        source.classes().stream().map(ClassTree::getModifiers),
                        source.methods().stream().map(MethodTree::getModifiers))
                .flatMap(modifiers -> of(source.name(), modifiers).stream())
                .toList();
    }

    private static Optional<NamedTest> of(String file, ModifiersTree modifiers) {
        return modifiers.getAnnotations().stream()
                .filter(annotation -> NAMING.contains(Tidy.nameOf(annotation)))
                .map(NamedTest::text)
                .map(text -> of(file, text))
                .filter(test -> !test.ids().isEmpty())
                .findFirst();
    }

    private static String text(AnnotationTree annotation) {
        return String.join("", SourceTree.strings(annotation));
    }

    private static NamedTest of(String file, String text) {
        Set<String> ids = new LinkedHashSet<>();
        Matcher leading = LEADING_ID.matcher(text);
        int end = 0;
        while (leading.find()) {
            ids.add(leading.group(1));
            end = leading.end();
        }
        List<String> path = new ArrayList<>(List.of(file.split("/")));
        String type = path.get(path.size() - 1).replace(".java", "");
        return new NamedTest(path.get(0), type, ids, text.substring(end));
    }
}
