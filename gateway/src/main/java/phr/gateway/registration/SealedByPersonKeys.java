package phr.gateway.registration;

import jakarta.enterprise.context.ApplicationScoped;
import phr.fhir.PersonId;
import phr.gateway.people.AccountSeal;
import phr.gateway.record.PersonKeys;

/** Accounts are sealed with the same key as the person's record, so erasing it erases both. */
@ApplicationScoped
class SealedByPersonKeys implements AccountSeal {

    static final String CONTEXT = "account";

    private final PersonKeys keys;

    SealedByPersonKeys(PersonKeys keys) {
        this.keys = keys;
    }

    @Override
    public byte[] seal(PersonId person, byte[] account) {
        return keys.seal(person, CONTEXT, account);
    }

    @Override
    public byte[] open(PersonId person, byte[] sealed) {
        return keys.open(person, CONTEXT, sealed);
    }
}
