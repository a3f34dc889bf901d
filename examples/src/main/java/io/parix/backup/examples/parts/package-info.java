/** What the examples share: nothing that an embedder needs, only what keeps the programs themselves short. */
@NullMarked
package io.parix.backup.examples.parts;

import org.jspecify.annotations.NullMarked;
