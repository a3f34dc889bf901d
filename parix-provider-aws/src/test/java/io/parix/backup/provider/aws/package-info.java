/** Tests of the AWS provider, against servers on this machine. */
@NullMarked
package io.parix.backup.provider.aws;

import org.jspecify.annotations.NullMarked;
