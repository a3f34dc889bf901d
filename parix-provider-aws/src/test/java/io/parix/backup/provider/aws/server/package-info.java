/** Servers that speak S3 to the tests: a real one in a process of its own, and a fake that knows what the real one lacks. */
@NullMarked
package io.parix.backup.provider.aws.server;

import org.jspecify.annotations.NullMarked;
