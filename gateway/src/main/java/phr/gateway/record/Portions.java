package phr.gateway.record;

import java.util.Iterator;
import java.util.NoSuchElementException;
import phr.gateway.record.choice.Priority;

/**
 * What may be computed with as it comes from the store, by the start of its time. Where several sources have counted the same, their
 * samples come one by one. Holds a connection until closed.
 */
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
        public Priority priority() {
            return Priority.DEFAULT;
        }

        @Override
        public void close() {}
    };

    /** The order in which the person believes her sources. */
    Priority priority();

    @Override
    void close();
}
