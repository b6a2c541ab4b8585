package phr.gateway.access;

import java.util.UUID;
import phr.fhir.Ids;
import phr.fhir.PersonId;

/**
 * Stands for the holder of ids that an organisation asks for and that nobody it knows holds: one per organisation, with an access
 * log of its own, which shows an organisation that tries ids.
 */
final class Nobody {

    private static final UUID NAMESPACE = UUID.fromString("6d1f3c52-7a0e-5b8f-9c44-1f0a7e2b5d90");

    private Nobody() {}

    static PersonId of(String organisation) {
        return new PersonId(Ids.v5(NAMESPACE, organisation));
    }
}
