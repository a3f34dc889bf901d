package io.parix.backup.wrong.left;

import io.parix.backup.wrong.right.Right;

/** Wrong: half of a cycle. */
public record Left(Right right) {}
