package phr.gateway.record;

import java.util.NoSuchElementException;
import java.util.Optional;

/** No resources at all. */
final class NoResults implements Results {

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
