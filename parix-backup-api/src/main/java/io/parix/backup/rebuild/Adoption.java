package io.parix.backup.rebuild;

/**
 * Who writes to a place (spec J4).
 *
 * @param installation the installation's id
 * @param epoch counts those who have taken the place over, from 1
 */
public record Adoption(String installation, int epoch) {}
