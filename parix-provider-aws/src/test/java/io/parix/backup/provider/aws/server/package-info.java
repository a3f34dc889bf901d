/** Servers that speak S3 and EC2 to the tests: a real S3 in a process of its own, and fakes that know what it lacks. */
@NullMarked
package io.parix.backup.provider.aws.server;

import org.jspecify.annotations.NullMarked;
