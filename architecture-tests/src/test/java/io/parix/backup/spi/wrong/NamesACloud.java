package io.parix.backup.spi.wrong;

/** Wrong: nothing in the api names a cloud. */
public enum NamesACloud {
    AWS_REGION
}
