package phr.portability;

import java.util.Iterator;

/** Resources as they come from the store, one in memory at a time. */
public interface Resources extends Iterator<SourceResource>, AutoCloseable {

    @Override
    void close();
}
