/**
 * The ports that a host implements: where databases are looked up, how images of replicas are had, how a restore is
 * carried out, where backups lie, who may do what, who hears of it.
 *
 * <p>The engine may repeat any call, after a crash also from another process; each method says what a repetition means. What a host must do
 * is numbered {@code HST-01}, {@code IMG-01} and {@code KEY-01} and up in {@code docs/host-ports.md}.
 */
@NullMarked
package io.parix.backup.host;

import org.jspecify.annotations.NullMarked;
