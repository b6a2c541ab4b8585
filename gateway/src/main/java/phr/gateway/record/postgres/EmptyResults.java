package phr.gateway.record.postgres;

import java.util.NoSuchElementException;
import java.util.Optional;
import phr.gateway.record.Entry;
import phr.gateway.record.Position;
import phr.gateway.record.Results;

/** Results of a person without data. */
final class EmptyResults implements Results {

    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public Entry next() {
        throw new NoSuchElementException();
    }

    @Override
    public Optional<Position> continuation() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
