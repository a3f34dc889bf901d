@NullMarked
package io.parix.backup.testkit.fault;

import org.jspecify.annotations.NullMarked;
