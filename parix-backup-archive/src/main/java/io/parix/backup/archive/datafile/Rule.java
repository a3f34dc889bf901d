package io.parix.backup.archive.datafile;

import io.parix.backup.Check;
import io.parix.backup.Check.Outcome;

/** Makes the checks of one condition of a replica set. */
record Rule(String id) {
    Check pass(String code, String sentence) {
        return new Check(id, code, Outcome.PASS, "", "", sentence);
    }

    Check warn(String code, String expected, String found, String sentence) {
        return new Check(id, code, Outcome.WARN, expected, found, sentence);
    }

    Check fail(String code, String expected, String found, String sentence) {
        return new Check(id, code, Outcome.FAIL, expected, found, sentence);
    }
}
