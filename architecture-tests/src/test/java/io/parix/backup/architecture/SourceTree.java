package io.parix.backup.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * One source file as the JDK's compiler parses it; nothing is resolved.
 *
 * @param name what to call the file in a finding
 * @param text its text
 * @param unit its tree
 * @param docs the way to its Javadoc
 */
record SourceTree(String name, String text, CompilationUnitTree unit, DocTrees docs) {
    static SourceTree parse(Path file) {
        try {
            return parse(Repository.shown(file), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SourceTree parse(String name, String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, List.of(source));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            return new SourceTree(name, text, unit, DocTrees.instance(task));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long lineOf(Tree tree) {
        return unit.getLineMap().getLineNumber(docs.getSourcePositions().getStartPosition(unit, tree));
    }

    long lastLineOf(Tree tree) {
        return unit.getLineMap().getLineNumber(docs.getSourcePositions().getEndPosition(unit, tree));
    }

    String at(Tree tree) {
        return name + ":" + lineOf(tree);
    }

    /** {@return the lines that are neither blank nor comment; the formatter begins every comment's line with a mark} */
    long codeLines() {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .filter(line -> !line.startsWith("//") && !line.startsWith("*") && !line.startsWith("/*"))
                .count();
    }

    List<MethodTree> methods() {
        List<MethodTree> found = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethod(MethodTree method, Void nothing) {
                found.add(method);
                return super.visitMethod(method, null);
            }
        }.scan(unit, null);
        return found;
    }

    List<AnnotationTree> annotations() {
        List<AnnotationTree> found = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
                found.add(annotation);
                return super.visitAnnotation(annotation, null);
            }
        }.scan(unit, null);
        return found;
    }

    List<MethodInvocationTree> calls() {
        List<MethodInvocationTree> found = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                found.add(call);
                return super.visitMethodInvocation(call, null);
            }
        }.scan(unit, null);
        return found;
    }

    /** {@return the text of every string literal inside a tree} */
    static List<String> strings(Tree tree) {
        List<String> found = new ArrayList<>();
        new com.sun.source.util.TreeScanner<Void, Void>() {
            @Override
            public Void visitLiteral(LiteralTree literal, Void nothing) {
                if (literal.getValue() instanceof String string) {
                    found.add(string);
                }
                return super.visitLiteral(literal, null);
            }
        }.scan(tree, null);
        return found;
    }
}
