package phr.gateway.people;

import phr.fhir.PersonId;

/** Encrypts an account with the person's own data key; the record, which holds the keys, plugs in here. */
public interface AccountSeal {

    byte[] seal(PersonId person, byte[] account);

    byte[] open(PersonId person, byte[] sealed);
}
