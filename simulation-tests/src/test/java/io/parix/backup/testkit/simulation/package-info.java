@NullMarked
package io.parix.backup.testkit.simulation;

import org.jspecify.annotations.NullMarked;
