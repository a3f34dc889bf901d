package io.parix.backup.core.wrong;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Wrong: decisions know no format. */
public record NamesJackson(ObjectMapper mapper) {}
