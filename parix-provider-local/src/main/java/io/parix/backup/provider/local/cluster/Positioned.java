package io.parix.backup.provider.local.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads and writes at positions, in full. */
final class Positioned {
    private Positioned() {}

    static int read(FileChannel file, long position, ByteBuffer target) throws IOException {
        int total = 0;
        while (target.hasRemaining()) {
            int n = file.read(target, position + total);
            if (n < 0) {
                return total;
            }
            total += n;
        }
        return total;
    }

    static void write(FileChannel file, long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += file.write(source, at);
        }
    }
}
