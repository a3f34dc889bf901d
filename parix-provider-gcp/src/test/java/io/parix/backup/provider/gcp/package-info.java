/** Tests of the GCP provider, against a server on this machine. */
@NullMarked
package io.parix.backup.provider.gcp;

import org.jspecify.annotations.NullMarked;
