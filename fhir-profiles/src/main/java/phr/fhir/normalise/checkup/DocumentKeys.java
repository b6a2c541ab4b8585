package phr.fhir.normalise.checkup;

import java.util.UUID;
import org.hl7.fhir.r4.model.Reference;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/** Ids of everything derived from one original (checkup-cda.md §5.1, phr-package.md §8.2). */
record DocumentKeys(String ownNamespace, PersonId person, Sha256 original) {

    UUID id(String type, String key) {
        return Ids.ofOriginal(ownNamespace, person, original, type, key);
    }

    Reference reference(String type, String key) {
        return new Reference(type + "/" + id(type, key));
    }

    Reference subject() {
        return new Reference("Patient/" + person);
    }
}
