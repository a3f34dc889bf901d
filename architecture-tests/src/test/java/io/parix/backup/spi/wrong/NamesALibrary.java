package io.parix.backup.spi.wrong;

import org.slf4j.Logger;

/** Wrong: the api sees jspecify and nothing else. */
public record NamesALibrary(Logger log) {}
