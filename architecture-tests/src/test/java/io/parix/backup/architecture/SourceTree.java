package io.parix.backup.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
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
    private static final class Source extends SimpleJavaFileObject {
        private final String name;
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE);
            this.name = name;
            this.text = text;
        }

        static Source of(Path file) {
            try {
                return new Source(Repository.shown(file), Files.readString(file));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Parses files by one compiler: one for each would need a gigabyte for the whole house. */
    static List<SourceTree> parse(List<Path> files) {
        return parsed(files.stream().map(Source::of).toList());
    }

    static SourceTree parse(Path file) {
        return parse(List.of(file)).get(0);
    }

    static SourceTree parse(String name, String text) {
        return parsed(List.of(new Source(name, text))).get(0);
    }

    private static List<SourceTree> parsed(List<Source> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavacTask task = (JavacTask) compiler.getTask(null, null, null, List.of("-proc:none"), null, sources);
        DocTrees docs = DocTrees.instance(task);
        List<SourceTree> trees = new ArrayList<>();
        try {
            for (CompilationUnitTree unit : task.parse()) {
                Source source = sources.get(trees.size());
                trees.add(new SourceTree(source.name, source.text, unit, docs));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return trees;
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

    List<ClassTree> classes() {
        List<ClassTree> found = new ArrayList<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree type, Void nothing) {
                found.add(type);
                return super.visitClass(type, null);
            }
        }.scan(unit, null);
        return found;
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
