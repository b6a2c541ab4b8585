package phr.gateway.access;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.fhir.PersonId;
import phr.gateway.caller.Interaction;

/**
 * What the caller wants of one person's record.
 *
 * @param patient the id as it stands in the address: the person's own id, or the pairwise id of the caller's organisation
 * @param person instead of {@code patient}: found by the gateway itself, e.g. the owner of a resource that was asked for by id.
 *     Whether the caller knows the person is still checked
 * @param interaction must be allowed by a SMART scope
 * @param types FHIR types the interaction is about; empty = any
 * @param label for the access log: names the interaction, never a value, e.g. {@code search Observation}
 */
public record Ask(
        @Nullable String patient,
        @Nullable PersonId person,
        Action action,
        Interaction interaction,
        Set<String> types,
        String label) {

    public Ask {
        types = Set.copyOf(types);
    }

    public static Ask ofPatient(String patient, Action action, Interaction interaction, String label, String... types) {
        return new Ask(patient, null, action, interaction, Set.of(types), label);
    }

    public static Ask ofPerson(PersonId person, Action action, Interaction interaction, String label, String... types) {
        return new Ask(null, person, action, interaction, Set.of(types), label);
    }
}
