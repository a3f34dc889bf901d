@NullMarked
package io.parix.backup.micrometer;

import org.jspecify.annotations.NullMarked;
