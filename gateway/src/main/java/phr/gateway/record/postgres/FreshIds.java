package phr.gateway.record.postgres;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.series.IdSlots;

/**
 * Ids of the fresh chunks of one person. One that holds more shares its table with the one that it comes from, which passes over what
 * is not its own. Thread-safe, as long as one thread at a time adds.
 */
final class FreshIds {

    private static final int LEAST_ROOM = 1_024;

    private final List<InChunk> chunks;
    private final IdSlots slots;
    private final int count;
    private final int room;

    /** @param ids what is kept of them */
    record InChunk(Address address, long[] ids) {}

    private FreshIds(List<InChunk> chunks, IdSlots slots, int count, int room) {
        this.chunks = chunks;
        this.slots = slots;
        this.count = count;
        this.room = room;
    }

    static FreshIds of(List<InChunk> chunks) {
        int room = Math.max(LEAST_ROOM, 2 * count(chunks));
        return new FreshIds(List.of(), new IdSlots(room), 0, room).with(chunks);
    }

    FreshIds with(List<InChunk> more) {
        List<InChunk> all = new ArrayList<>(chunks);
        all.addAll(more);
        int after = count + count(more);
        if (after > room) {
            return of(all);
        }
        for (int i = chunks.size(); i < all.size(); i++) {
            for (long id : all.get(i).ids()) {
                slots.add(id, i);
            }
        }
        return new FreshIds(all, slots, after, room);
    }

    private static int count(List<InChunk> chunks) {
        return chunks.stream().mapToInt(chunk -> chunk.ids().length).sum();
    }

    /**
     * Chunks in which one of these may be.
     *
     * @param ids what is kept of them
     */
    List<Address> chunksWith(long[] ids) {
        BitSet found = new BitSet();
        for (long id : ids) {
            slots.find(id, found::set);
        }
        return found.stream()
                .takeWhile(number -> number < chunks.size())
                .mapToObj(number -> chunks.get(number).address())
                .toList();
    }

    /** By the id of the chunk. */
    Map<Long, long[]> byChunk() {
        return chunks.stream().collect(Collectors.toMap(chunk -> chunk.address().id(), InChunk::ids));
    }
}
