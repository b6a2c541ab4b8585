package phr.gateway.registration;

import jakarta.enterprise.context.ApplicationScoped;
import phr.fhir.normalise.Account;

/** Stores the Patient resource of a new person through the normal flow: normalise, validate, permit, store, audit. */
@ApplicationScoped
class Enrolment {

    void storePatient(Account account, String client) {}
}
