package phr.gateway.ingest;

import java.util.ArrayList;
import java.util.List;
import phr.fhir.validate.Validated;
import phr.gateway.record.Saved;

/** Keeps batches until all have been read; of an archive that unpacks to many of them, nothing. */
final class Gathered implements Storing {

    private static final int MOST = 4;

    private final List<Validated> batches = new ArrayList<>();
    private boolean complete = true;

    @Override
    public Saved store(Validated batch) {
        complete &= batches.size() < MOST;
        if (complete) {
            batches.add(batch);
        } else {
            batches.clear();
        }
        return Saved.NOTHING;
    }

    /** Whether they are all here. */
    boolean complete() {
        return complete;
    }

    List<Validated> all() {
        return batches;
    }
}
