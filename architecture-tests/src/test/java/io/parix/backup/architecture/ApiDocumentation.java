package io.parix.backup.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTreeScanner;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * What an embedder can see and what is not said about it: types, methods, parameters, returns, record components,
 * constants. What overrides is documented where it is declared; a compact constructor by its record.
 */
final class ApiDocumentation extends TreePathScanner<Void, Void> {
    private static final Pattern COMPACT = Pattern.compile("\\s*public\\s+\\w+\\s*\\{.*", Pattern.DOTALL);

    private final SourceTree source;
    private final List<String> findings = new ArrayList<>();
    private int seen;

    private ApiDocumentation(SourceTree source) {
        this.source = source;
    }

    /**
     * What was found in some sources.
     *
     * @param looked how many elements were asked for their documentation
     * @param missing where something is not said
     */
    record Result(int looked, List<String> missing) {}

    static Result of(List<SourceTree> sources) {
        int looked = 0;
        List<String> missing = new ArrayList<>();
        for (SourceTree source : sources) {
            ApiDocumentation scan = new ApiDocumentation(source);
            scan.scan(source.unit(), null);
            looked += scan.seen;
            missing.addAll(scan.findings);
        }
        return new Result(looked, missing);
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
        if (!isSeen(type.getModifiers())) {
            return null;
        }
        DocCommentTree comment = require(type, "type " + type.getSimpleName());
        if (type.getKind() == Tree.Kind.RECORD && comment != null) {
            Set<String> named = params(comment);
            for (Tree member : type.getMembers()) {
                if (member instanceof VariableTree field && isComponent(field)) {
                    missingParam(type, named, field);
                }
            }
        }
        return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
        boolean overrides = method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
        if (overrides || !isSeen(method.getModifiers()) || isCompact(method) || isGenerated(method)) {
            return null;
        }
        DocCommentTree comment = require(method, "method " + method.getName());
        if (comment != null) {
            Set<String> named = params(comment);
            method.getParameters().forEach(parameter -> missingParam(method, named, parameter));
            Tree result = method.getReturnType();
            if (result != null && !result.toString().equals("void") && !hasReturn(comment)) {
                findings.add(source.at(method) + " method " + method.getName() + " does not say what it returns");
            }
        }
        return null;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree field, @Nullable Void nothing) {
        if (!isComponent(field) && isSeen(field.getModifiers())) {
            require(field, "field " + field.getName());
        }
        return null;
    }

    private @Nullable DocCommentTree require(Tree tree, String what) {
        seen++;
        DocCommentTree comment = source.docs().getDocCommentTree(getCurrentPath());
        if (comment == null || comment.getFullBody().isEmpty()) {
            findings.add(source.at(tree) + " " + what + " is not documented");
        }
        return comment;
    }

    private void missingParam(Tree owner, Set<String> named, VariableTree parameter) {
        if (!named.contains(parameter.getName().toString())) {
            findings.add(source.at(owner) + " " + parameter.getName() + " is not documented");
        }
    }

    /** Public or protected, or a member of a seen interface or enum, which has no other choice. */
    private boolean isSeen(ModifiersTree modifiers) {
        Set<Modifier> flags = modifiers.getFlags();
        if (flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)) {
            return true;
        }
        TreePath parent = getCurrentPath().getParentPath();
        boolean inInterface = parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
        return inInterface && !flags.contains(Modifier.PRIVATE);
    }

    private boolean isComponent(VariableTree field) {
        return getCurrentPath().getLeaf() instanceof ClassTree type
                ? type.getKind() == Tree.Kind.RECORD
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC)
                : getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD
                        && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private boolean isCompact(MethodTree method) {
        long start = source.docs().getSourcePositions().getStartPosition(source.unit(), method);
        return start >= 0
                && COMPACT.matcher(source.text().substring((int) start)).matches()
                && method.getReturnType() == null;
    }

    private boolean isGenerated(MethodTree method) {
        return source.docs().getSourcePositions().getEndPosition(source.unit(), method) < 0;
    }

    private static Set<String> params(DocCommentTree comment) {
        Set<String> named = new HashSet<>();
        for (DocTree tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree param && !param.getDescription().isEmpty()) {
                named.add(param.getName().toString());
            }
        }
        return named;
    }

    private static boolean hasReturn(DocCommentTree comment) {
        boolean[] found = {false};
        new DocTreeScanner<Void, Void>() {
            @Override
            public @Nullable Void visitReturn(ReturnTree tag, @Nullable Void nothing) {
                found[0] |= !tag.getDescription().isEmpty();
                return null;
            }
        }.scan(comment, null);
        return found[0];
    }
}
