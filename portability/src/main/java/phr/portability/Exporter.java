package phr.portability;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import phr.portability.sign.ProviderKey;

/** Builds a package from a record: spooled to disk part by part, so memory does not grow with the record. Thread-safe. */
public final class Exporter {

    private final Provider provider;
    private final ProviderKey key;
    private final Clock clock;
    private final Path spool;

    /** @param spool directory for what is being built; holds plain record data until the package is closed */
    public Exporter(Provider provider, ProviderKey key, Clock clock, Path spool) {
        this.provider = provider;
        this.key = key;
        this.clock = clock;
        this.spool = spool;
    }

    /** Builds and signs the package. */
    public PreparedPackage prepare(RecordSource source, ExportOrder order) throws IOException {
        throw new UnsupportedOperationException(provider.name() + key.kid() + clock + spool);
    }

    /** Counts and content hash of a record without making a package; two readings of the record. */
    public Inventory inventory(RecordSource source) throws IOException {
        throw new UnsupportedOperationException();
    }
}
