/**
 * The house's rules, as tests over the classes, sources, poms and files of every module.
 *
 * <p>The door is {@link io.parix.backup.architecture.Room}: the picture of who may see whom, and the numbers below which
 * a scan counts as empty. A rule is proved twice: it holds for the modules, and it catches a class under {@code wrong}.
 */
@NullMarked
package io.parix.backup.architecture;

import org.jspecify.annotations.NullMarked;
