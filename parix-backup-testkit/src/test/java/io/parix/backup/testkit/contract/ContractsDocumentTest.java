package io.parix.backup.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ContractsDocumentTest {
    static final Path DOCUMENT = Requirement.DOCS.resolve("contracts.md");

    @Test
    @DisplayName("I1 docs/contracts.md is the matrix that the suites declare")
    void documentIsWhatTheSuitesDeclare() throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCUMENT, ContractsDocument.text());
        }

        assertThat(DOCUMENT)
                .as("write it anew with: mvn test -pl parix-backup-testkit -am -Dtest=ContractsDocumentTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Ddocs.write=true")
                .hasContent(ContractsDocument.text());
    }

    @Test
    @DisplayName("I1 a class is held to what it, or the class that it extends, implements, and to nothing else")
    void findsImplementations() {
        List<Implementation> all = Implementation.declared("m", "OuterTest.java", """
                /** A class that is no declaration. */
                class OuterTest
                        implements FirstContract,
                                SecondContract {
                    class Inner extends OuterTest {}
                    static final class Other implements ThirdContract {}
                }
                """);

        assertThat(all)
                .extracting(Implementation::test)
                .containsExactly("OuterTest", "OuterTest.Inner", "OuterTest.Other");
        assertThat(all).filteredOn(each -> each.isHeldTo("SecondContract", all)).hasSize(2);
        assertThat(all).filteredOn(each -> each.isHeldTo("ThirdContract", all)).hasSize(1);
        assertThat(all).noneMatch(each -> each.isHeldTo("Contract", all));
    }
}
