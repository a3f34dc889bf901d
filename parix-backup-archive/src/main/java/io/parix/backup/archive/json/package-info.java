/**
 * Records as JSON, for what is kept for years: manifests, marks and the payloads of jobs.
 *
 * <p>Door: {@link io.parix.backup.archive.json.RecordJson}. The only room that knows JSON.
 */
@NullMarked
package io.parix.backup.archive.json;

import org.jspecify.annotations.NullMarked;
