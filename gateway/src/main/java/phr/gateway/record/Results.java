package phr.gateway.record;

import java.util.Iterator;
import java.util.Optional;

/** Permitted resources as they come from the store, one in memory at a time. Holds a connection until closed. */
public interface Results extends Iterator<Entry>, AutoCloseable {

    /** No resources. */
    Results NONE = new NoResults();

    /** Where the next page begins; known after the last element of this one, empty when there is no more. */
    Optional<Position> continuation();

    @Override
    void close();
}
