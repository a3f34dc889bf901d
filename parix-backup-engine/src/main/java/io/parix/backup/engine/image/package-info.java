/**
 * The images of one attempt looked at as a replica set: what each file says of itself, whether they are one cluster, and
 * whether they moved. The door is {@link io.parix.backup.engine.image.ImageSet}.
 */
@NullMarked
package io.parix.backup.engine.image;

import org.jspecify.annotations.NullMarked;
