package io.parix.backup.archive.seal;

import io.parix.backup.ErrorCode;
import io.parix.backup.FailedException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The numbers of a sealed object, version 1 (docs/formats/archive-v1.md). All integers are little-endian. */
final class SealedFormat {
    /** {@code PARIXAES}. */
    static final long MAGIC = 0x5345_4158_4952_4150L;

    static final int VERSION = 1;
    static final int HEADER_LENGTH = 16;

    /** So much of an object is encrypted at a time: a span can be read without the rest. */
    static final int PAGE = 64 << 10;

    /** What authenticates a page stands behind it. */
    static final int TAG = 16;

    static final int SEALED_PAGE = PAGE + TAG;

    private SealedFormat() {}

    static byte[] header() {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(VERSION)
                .putInt(PAGE)
                .array();
    }

    /** A greater version is another format; whatever else is no header of this one is damage. */
    static void requireHeader(String name, byte[] header) {
        require(header.length == HEADER_LENGTH, name, "it is too short to be one");
        ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        require(in.getLong() == MAGIC, name, "it does not begin as one");
        int version = in.getInt();
        if (version > VERSION) {
            throw new FailedException(
                    ErrorCode.FORMAT_UNKNOWN,
                    "Cannot open sealed object " + name + ": its format version is " + version + ", this release knows "
                            + VERSION + ". Use a newer release.");
        }
        require(version == VERSION, name, "its format version is " + version);
        int page = in.getInt();
        require(page == PAGE, name, "its pages have " + page + " bytes");
    }

    /** The bytes in a sealed object, of which there are some. */
    static long requireLength(String name, long sealed) {
        long length = length(sealed);
        require(length > 0, name, "nothing that was sealed has " + sealed + " bytes");
        return length;
    }

    private static void require(boolean holds, String name, String fact) {
        if (!holds) {
            throw new FailedException(
                    ErrorCode.OBJECT_CORRUPT,
                    "Cannot open sealed object " + name + ": " + fact
                            + ". Restore another backup; this object is damaged.");
        }
    }

    /** How many pages so many bytes are. */
    static long pages(long length) {
        return (length + PAGE - 1) / PAGE;
    }

    static long sealedLength(long length) {
        return HEADER_LENGTH + length + pages(length) * TAG;
    }

    /** The bytes in a sealed object; not more than 0 where it is none. */
    static long length(long sealed) {
        long body = sealed - HEADER_LENGTH;
        long pages = (body + SEALED_PAGE - 1) / SEALED_PAGE;
        boolean whole = body > 0 && (body - 1) % SEALED_PAGE >= TAG;
        return whole ? body - pages * TAG : 0;
    }

    static long capacity(long room) {
        long body = room - HEADER_LENGTH;
        return body / SEALED_PAGE * PAGE + Math.max(0, body % SEALED_PAGE - TAG);
    }

    static long sealedOffset(long page) {
        return HEADER_LENGTH + page * SEALED_PAGE;
    }
}
