/**
 * What an embedder asks: reads the facts, lets {@code core} decide, writes the answer to the catalog. Nothing here moves a
 * byte of a database.
 */
@NullMarked
package io.parix.backup.engine.intake;

import org.jspecify.annotations.NullMarked;
