package phr.gateway.registration;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.consent.Action;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Patients;
import phr.fhir.validate.Validated;
import phr.fhir.validate.Validator;
import phr.gateway.access.RecordAccess;
import phr.gateway.record.RecordStore;

/** Stores the Patient resource of a new person through the normal flow: normalise, validate, permit, store, audit. */
@ApplicationScoped
class Enrolment {

    private static final String LABEL = "register Patient";

    private final RecordAccess access;
    private final RecordStore store;
    private final Validator validator;
    private final Clock clock;
    private final String ownNamespace;

    Enrolment(
            RecordAccess access,
            RecordStore store,
            Validator validator,
            Clock clock,
            @ConfigProperty(name = "phr.provider.base-url") String ownNamespace) {
        this.access = access;
        this.store = store;
        this.validator = validator;
        this.clock = clock;
        this.ownNamespace = ownNamespace;
    }

    /** @throws phr.fhir.failure.FailureException INVALID when the account cannot be a Patient */
    void storePatient(Account account, String client) {
        Validated patient = patient(account, client);
        access.performForSelf(account.person(), Action.CONTRIBUTE, LABEL, permit -> store.save(permit, patient));
    }

    /** As {@link #storePatient}, of a person without login. */
    void storePatientOfDependant(Account account, String client) {
        Validated patient = patient(account, client);
        access.performForDependant(account.person(), Action.CONTRIBUTE, LABEL, permit -> store.save(permit, patient));
    }

    private Validated patient(Account account, String client) {
        Intake intake = new Intake(
                account,
                Content.of(new byte[0]),
                "Patient/" + account.person(),
                client,
                ownNamespace,
                clock.instant(),
                false,
                null);
        Validated patient = validator.validate(Patients.batch(intake));
        if (patient.documents().isEmpty()) {
            throw new Failure(Category.INVALID, patient.issues()).exception();
        }
        return patient;
    }
}
