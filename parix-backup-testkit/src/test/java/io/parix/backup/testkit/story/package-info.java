/** Bad input at the level of the whole SDK: each meets a typed error, and nothing is lost by it. */
@NullMarked
package io.parix.backup.testkit.story;

import org.jspecify.annotations.NullMarked;
