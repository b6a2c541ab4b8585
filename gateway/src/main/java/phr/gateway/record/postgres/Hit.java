package phr.gateway.record.postgres;

import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.gateway.record.Entry;

/** A permitted resource that was found among packed samples. */
interface Hit {

    /** Start of its time, microseconds since 1970. */
    long from();

    /** When it was stored, milliseconds since 1970. */
    long updated();

    UUID id();

    /** As it is served. */
    Entry entry();

    /** Where they come from one by one. */
    interface Source extends AutoCloseable {

        /** Null behind the last. */
        @Nullable
        Hit next() throws SQLException;

        @Override
        void close() throws SQLException;
    }
}
