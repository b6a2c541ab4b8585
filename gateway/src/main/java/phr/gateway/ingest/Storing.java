package phr.gateway.ingest;

import phr.fhir.validate.Validated;
import phr.gateway.record.Saved;

/** The last step of a file that is read: puts its batches into the record, one after the other. */
public interface Storing {

    /** @return what it did; the sum over all batches is what became of the file */
    Saved store(Validated batch);
}
