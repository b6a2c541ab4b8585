package phr.gateway.transfer;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import phr.fhir.Sha256;
import phr.gateway.audit.Tally;
import phr.portability.Inventory;
import phr.portability.PreparedPackage;

/** A package whose leaving is recorded: what is in it was counted when it was built. */
final class CountedPackage implements PreparedPackage {

    private final PreparedPackage prepared;
    private final Tally tally;

    CountedPackage(PreparedPackage prepared, Tally tally) {
        this.prepared = prepared;
        this.tally = tally;
        tally.later();
    }

    @Override
    public UUID packageId() {
        return prepared.packageId();
    }

    @Override
    public String fileName() {
        return prepared.fileName();
    }

    @Override
    public Sha256 tagManifest() {
        return prepared.tagManifest();
    }

    @Override
    public Inventory inventory() {
        return prepared.inventory();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        prepared.writeTo(out);
        tally.complete();
    }

    @Override
    public void close() throws IOException {
        tally.broken();
        prepared.close();
    }
}
