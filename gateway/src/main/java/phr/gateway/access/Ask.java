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
 * @param person when there is no {@code patient}: whose resource was asked for by its id alone; null when nobody has it. Whether
 *     the caller knows the person is still checked
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

    /**
     * A resource by its id alone. Such a question names no person, so every refusal answers it as if there were no such resource
     * (consent-semantics.md §14): otherwise the answer would tell which ids are in use.
     */
    public static Ask ofHolder(
            @Nullable PersonId holder, Action action, Interaction interaction, String label, String... types) {
        return new Ask(null, holder, action, interaction, Set.of(types), label);
    }

    boolean namesPerson() {
        return patient != null;
    }
}
