package phr.gateway.ingest;

import phr.fhir.sample.Sample;
import phr.fhir.sample.Shape;
import phr.fhir.validate.Document;
import phr.fhir.validate.Validated;
import phr.gateway.audit.Tally;

/** What came in, counted for the ledger of receipts. */
public final class Received {

    private Received() {}

    /** Every resource of the batch, whether new or known. */
    public static void count(Tally tally, Validated batch) {
        for (Document document : batch.documents()) {
            tally.add(
                    document.facts().type(),
                    document.facts().id(),
                    1,
                    document.facts().categories().values(),
                    document.json());
        }
        for (Sample sample : batch.samples()) {
            Shape shape = sample.shape();
            tally.sample(sample.id(), shape.facts().categories().values(), () -> shape.json(sample));
        }
    }
}
