package io.parix.backup.engine.doctor;

import io.parix.backup.doctor.Finding;

/** What a look at a requirement came to, where no error came in between. */
sealed interface Verdict {
    Finding on(Requirement requirement);

    /** It holds. */
    record Held(String found) implements Verdict {
        @Override
        public Finding on(Requirement requirement) {
            return requirement.passed(found);
        }
    }

    /** It does not hold. */
    record Broken(String found) implements Verdict {
        @Override
        public Finding on(Requirement requirement) {
            return requirement.failed(found, null);
        }
    }

    /** There is nothing to be tried. */
    record Spared(String reason) implements Verdict {
        @Override
        public Finding on(Requirement requirement) {
            return requirement.notApplicable(reason);
        }
    }
}
