package phr.gateway.record.postgres;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.gateway.keys.DataKey;
import phr.gateway.record.postgres.ChunkRows.Address;
import phr.gateway.record.series.Chunk;
import phr.gateway.record.series.Place;

/**
 * Chunks in memory: who reads samples one by one, as after a search, would have the same ones fetched, decrypted and unpacked with every
 * read. They count only under the content of the {@link SeriesHead} that the request at hand has seen together with the standing of its
 * permit, and only with the key that read them. Thread-safe.
 */
final class KnownSamples {

    private static final int PERSONS = 500;

    /** Of all persons together: a sixteenth of the memory there is, at a hundred bytes each. */
    private static final int MOST_SAMPLES = (int) (Runtime.getRuntime().maxMemory() / 16 / 100);

    private final Map<PersonId, State> states = new LinkedHashMap<>(16, 0.75f, true);
    private int samples;

    /** A chunk and where it stands. */
    record Kept(Address address, Chunk chunk) {}

    /** What is known of a person: nothing but what was seen under this content. */
    private static final class State {

        private final DataKey key;
        private final long content;
        private final Map<Address, Kept> fresh = new HashMap<>();
        private final Map<Integer, TreeMap<Long, Kept>> settled = new HashMap<>();
        private int samples;

        State(DataKey key, long content) {
            this.key = key;
            this.content = content;
        }
    }

    /** One person's, under one content. */
    View of(PersonId person, DataKey key, long content) {
        return new View(person, key, content);
    }

    final class View {

        private final PersonId person;
        private final DataKey key;
        private final long content;

        private View(PersonId person, DataKey key, long content) {
            this.person = person;
            this.key = key;
            this.content = content;
        }

        long content() {
            return content;
        }

        @Nullable
        Kept fresh(Address address) {
            synchronized (KnownSamples.this) {
                State state = state();
                return state == null ? null : state.fresh.get(address);
            }
        }

        /** The settled chunk that alone can hold samples of the place: chunks of a series share no more than their ends. */
        @Nullable
        Kept settled(Place place) {
            synchronized (KnownSamples.this) {
                State state = state();
                TreeMap<Long, Kept> chunks = state == null ? null : state.settled.get(place.series());
                Map.Entry<Long, Kept> before = chunks == null ? null : chunks.lowerEntry(place.from());
                return before != null && last(before.getValue().chunk()) > place.last() ? before.getValue() : null;
            }
        }

        /** @param seen the content in the statement that read it */
        void keep(long seen, Kept kept, boolean settled) {
            synchronized (KnownSamples.this) {
                if (seen == content) {
                    put(stateToKnow(), kept, settled);
                    while (samples > MOST_SAMPLES) {
                        forgetEldest();
                    }
                }
            }
        }

        private @Nullable State state() {
            State state = states.get(person);
            return state != null && state.key == key && state.content == content ? state : null;
        }

        private State stateToKnow() {
            State known = state();
            if (known != null) {
                return known;
            }
            State state = new State(key, content);
            State before = states.put(person, state);
            samples -= before == null ? 0 : before.samples;
            if (states.size() > PERSONS) {
                forgetEldest();
            }
            return state;
        }
    }

    private void put(State state, Kept kept, boolean settled) {
        Address address = kept.address();
        Kept before = settled
                ? state.settled
                        .computeIfAbsent(address.series(), series -> new TreeMap<>())
                        .put(address.firstFrom(), kept)
                : state.fresh.put(address, kept);
        int more = kept.chunk().size() - (before == null ? 0 : before.chunk().size());
        state.samples += more;
        samples += more;
    }

    private static long last(Chunk chunk) {
        return chunk.from(chunk.size() - 1);
    }

    private void forgetEldest() {
        State gone = states.remove(states.keySet().iterator().next());
        samples -= gone == null ? 0 : gone.samples;
    }
}
