package phr.consent.ledger;

import phr.fhir.Sha256;

/** The policy text the person was shown. */
public record Notice(String id, int version, String language, Sha256 sha256) {}
