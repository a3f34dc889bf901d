package io.parix.backup.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules over one source file. Each answers with its findings, which a person can go to. */
final class Tidy {
    static final int METHOD_LINES = 50;
    static final int FILE_CODE_LINES = 400;
    private static final Pattern SPEC_ID = Pattern.compile("\\b[A-K][0-9]{1,2}\\b");
    private static final Pattern LEFT_OVER =
            Pattern.compile("\\b(TOD[O]|FIXM[E]|XX[X])\\b|[Nn]ot (yet )?implemente[d]");

    private Tidy() {}

    static List<String> longMethods(SourceTree source) {
        return source.methods().stream()
                .filter(method -> linesOf(source, method) > METHOD_LINES)
                .map(method ->
                        source.at(method) + " " + method.getName() + " has " + linesOf(source, method) + " lines")
                .toList();
    }

    static List<String> longFile(SourceTree source) {
        long lines = source.codeLines();
        return lines > FILE_CODE_LINES ? List.of(source.name() + " has " + lines + " lines of code") : List.of();
    }

    static List<String> leftOvers(SourceTree source) {
        List<String> lines = source.text().lines().toList();
        return IntStream.range(0, lines.size())
                .filter(line -> LEFT_OVER.matcher(lines.get(line)).find())
                .mapToObj(line -> source.name() + ":" + (line + 1) + " is left over: "
                        + lines.get(line).strip())
                .toList();
    }

    static List<String> disabledTests(SourceTree source) {
        return source.annotations().stream()
                .filter(annotation -> nameOf(annotation).equals("Disabled"))
                .map(annotation -> source.at(annotation) + " disables a test")
                .toList();
    }

    static List<String> sleeps(SourceTree source) {
        return source.calls().stream()
                .filter(call -> call.getMethodSelect().toString().matches("(.*\\.)?(Thread|TimeUnit\\.[A-Z]+)\\.sleep"))
                .map(call -> source.at(call) + " sleeps")
                .toList();
    }

    static List<String> ordinals(SourceTree source) {
        return source.calls().stream()
                .filter(call -> call.getMethodSelect().toString().endsWith(".ordinal"))
                .map(call -> source.at(call) + " uses the order of an enum's constants")
                .toList();
    }

    /** A suppressed warning says why in a line comment beside it or just above or below. */
    static List<String> unexplainedSuppressions(SourceTree source) {
        List<String> lines = source.text().lines().toList();
        return source.annotations().stream()
                .filter(annotation -> nameOf(annotation).equals("SuppressWarnings"))
                .filter(annotation -> !hasLineComment(
                        lines, (int) source.lineOf(annotation) - 2, (int) source.lastLineOf(annotation)))
                .map(annotation -> source.at(annotation) + " suppresses a warning and does not say why")
                .toList();
    }

    /** A package-info says in at least one sentence what the room is for, and marks it null-safe. */
    static List<String> poorPackageInfo(SourceTree source) {
        DocCommentTree comment = source.docs()
                .getDocCommentTree(
                        new TreePath(new TreePath(source.unit()), source.unit().getPackage()));
        boolean sentence =
                comment != null && comment.getFullBody().toString().strip().contains(".");
        boolean marked = source.annotations().stream()
                .anyMatch(annotation -> nameOf(annotation).equals("NullMarked"));
        return Stream.of(
                        sentence ? "" : source.name() + " does not say what the package is for",
                        marked ? "" : source.name() + " is not @NullMarked")
                .filter(finding -> !finding.isEmpty())
                .toList();
    }

    /** {@return the ids of rules that the names and tags of tests carry} */
    static Set<String> specIds(SourceTree source) {
        return source.annotations().stream()
                .filter(annotation ->
                        Set.of("DisplayName", "Tag", "ParameterizedTest").contains(nameOf(annotation)))
                .flatMap(annotation -> SourceTree.strings(annotation).stream())
                .flatMap(text -> SPEC_ID.matcher(text).results().map(MatchResult::group))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    private static boolean hasLineComment(List<String> lines, int from, int last) {
        return IntStream.rangeClosed(Math.max(from, 0), Math.min(last, lines.size() - 1))
                .anyMatch(line -> lines.get(line).contains("// "));
    }

    private static long linesOf(SourceTree source, MethodTree method) {
        return source.lastLineOf(method) - source.lineOf(method) + 1;
    }

    static String nameOf(AnnotationTree annotation) {
        String name = annotation.getAnnotationType().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
