package io.parix.backup.core.wrong;

import com.fasterxml.jackson.core.JsonFactory;

/** Wrong: decisions know no format. */
public record NamesJackson(JsonFactory mapper) {}
