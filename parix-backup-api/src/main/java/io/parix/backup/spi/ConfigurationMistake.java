package io.parix.backup.spi;

/**
 * One thing wrong with a setting.
 *
 * @param key the setting's name
 * @param problem what is wrong and what would be right; never a secret
 */
public record ConfigurationMistake(String key, String problem) {
    @Override
    public String toString() {
        return key + ": " + problem;
    }
}
