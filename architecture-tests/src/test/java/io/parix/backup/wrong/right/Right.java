package io.parix.backup.wrong.right;

import io.parix.backup.wrong.left.Left;
import java.util.List;

/** Wrong: the other half. */
public record Right(List<Left> left) {}
