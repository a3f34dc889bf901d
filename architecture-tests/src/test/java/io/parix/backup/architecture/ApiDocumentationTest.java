package io.parix.backup.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The Javadoc lint of the api. The compiler's own also asks for comments on compact constructors. */
final class ApiDocumentationTest {
    private static final int ELEMENTS_AT_LEAST = 250;

    @Test
    void everythingThatAnEmbedderSeesIsDocumented() {
        List<SourceTree> sources = Repository.javaFilesIn(Repository.mainSources(Room.API)).stream()
                .map(SourceTree::parse)
                .toList();
        ApiDocumentation.Result result = ApiDocumentation.of(sources);
        assertThat(result.missing()).isEmpty();
        assertThat(result.looked()).isGreaterThanOrEqualTo(ELEMENTS_AT_LEAST);
    }

    @Test
    void whatIsNotSaidIsCaught() {
        assertThat(missing("public class A {}")).containsExactly("A.java:1 type A is not documented");
        assertThat(missing("/** A. @param a an a */ public record R(int a, int b) {}"))
                .containsExactly("A.java:1 a is not documented", "A.java:1 b is not documented");
        assertThat(missing("/** A.\n * @param a an a */ public record R(int a, int b) {}"))
                .containsExactly("A.java:2 b is not documented");
        assertThat(missing("/** I. */ public interface I { int a(int b); }"))
                .containsExactly("A.java:1 method a is not documented");
        assertThat(missing("/** I. */ public interface I { /** A. */ int a(int b); }"))
                .containsExactly("A.java:1 b is not documented", "A.java:1 method a does not say what it returns");
        assertThat(missing("/** E. */ public enum E { ONE, /** Two. */ TWO }"))
                .containsExactly("A.java:1 field ONE is not documented");
        assertThat(missing("/** N. */ public class N { public static class Inner {} protected int field; }"))
                .hasSize(2);
    }

    @Test
    void whatIsSaidElsewhereOrSeenByNobodyIsFine() {
        assertThat(missing("class A { public int a; }")).isEmpty();
        assertThat(missing(
                        "/** C. */ public class C { @Override public String toString() { return \"\"; } int x() {} }"))
                .isEmpty();
        assertThat(missing("/** R.\n * @param a an a */ public record R(int a) { public R { check(a); } }"))
                .isEmpty();
        assertThat(missing("/** I. */ public interface I { /** {@return a} */ int a(); }"))
                .isEmpty();
    }

    private static List<String> missing(String text) {
        return ApiDocumentation.of(List.of(SourceTree.parse("A.java", text))).missing();
    }
}
