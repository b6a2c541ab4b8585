package phr.gateway.ingest.bundle;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.CurrentCaller;
import phr.gateway.people.People;

/** Whose record a Bundle is for. */
@Singleton
final class Persons {

    private static final String PATIENT = "Patient/";

    private final CurrentCaller caller;
    private final People people;

    Persons(CurrentCaller caller, People people) {
        this.caller = caller;
        this.people = people;
    }

    /**
     * The id by which the caller knows her.
     *
     * @param subject reference in the Bundle; null = who is logged in
     * @throws phr.fhir.failure.FailureException MALFORMED when nothing says who it is
     */
    String patient(@Nullable String subject) {
        if (subject == null) {
            return people.self(caller.get()).map(Object::toString).orElseThrow(() -> Failure.of(
                            Category.MALFORMED,
                            "FHIR-6",
                            "no resource says whom it is about",
                            "Bundle.entry[0].resource.subject")
                    .exception());
        }
        int at = subject.lastIndexOf(PATIENT);
        if (at < 0) {
            throw Failure.of(
                            Category.MALFORMED,
                            "FHIR-6",
                            "the subject is no Patient of this gateway",
                            "Bundle.entry.resource.subject")
                    .exception();
        }
        return subject.substring(at + PATIENT.length());
    }
}
