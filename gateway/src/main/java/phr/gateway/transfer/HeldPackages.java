package phr.gateway.transfer;

import jakarta.inject.Singleton;
import phr.consent.Permit;
import phr.fhir.normalise.Content;
import phr.gateway.audit.Tally;
import phr.gateway.ingest.ConfirmedElsewhere;

/** A held package that the person has confirmed is imported like any other. */
@Singleton
class HeldPackages implements ConfirmedElsewhere {

    private final Arrival arrival;

    HeldPackages(Arrival arrival) {
        this.arrival = arrival;
    }

    @Override
    public String format() {
        return Arrival.FORMAT;
    }

    @Override
    public byte[] confirm(Permit permit, Tally tally, Content content) {
        return arrival.confirmed(permit, tally, content);
    }
}
