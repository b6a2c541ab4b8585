package phr.gateway.ingest;

import phr.consent.Permit;
import phr.fhir.normalise.Content;
import phr.gateway.audit.Tally;

/** A kind of file that is held here but taken in by another feature, such as a package of another provider. */
public interface ConfirmedElsewhere {

    /** Name of the format that read it. */
    String format();

    /**
     * Takes the file in, now that the person has confirmed it is hers. Runs in the transaction in which the file stops being
     * held.
     *
     * @param tally for the ledger of receipts
     * @return the answer as JSON
     */
    byte[] confirm(Permit permit, Tally tally, Content content);
}
