package io.parix.backup.testkit.datafile;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes grid blocks, each computed once, to all replicas. */
final class GridWriter {
    private GridWriter() {}

    static void write(Recipe recipe, Map<Long, List<GridBlock>> blocks, List<? extends Sink> sinks) throws IOException {
        byte[] buffer = new byte[recipe.layout().blockSize()];
        for (Map.Entry<Long, List<GridBlock>> entry : blocks.entrySet()) {
            int written = 0;
            for (GridBlock layer : entry.getValue()) {
                layer.fill(recipe, buffer);
                Arrays.fill(buffer, layer.size(), Sectors.whole(layer.size()), (byte) 0);
                written = Math.max(written, Sectors.whole(layer.size()));
            }
            for (Sink sink : sinks) {
                sink.write(recipe.layout().blockOffset(entry.getKey()), buffer, written);
            }
        }
    }
}
