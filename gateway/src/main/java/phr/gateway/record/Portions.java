package phr.gateway.record;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** What may be computed with as it comes from the store, by the start of its time. Holds a connection until closed. */
public interface Portions extends Iterator<Portion>, AutoCloseable {

    /** Nothing. */
    Portions NONE = new Portions() {

        @Override
        public boolean hasNext() {
            return false;
        }

        @Override
        public Portion next() {
            throw new NoSuchElementException();
        }

        @Override
        public void close() {}
    };

    @Override
    void close();
}
