package phr.gateway.people;

import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Whose a subscription or an upload is; for anybody else it does not exist.
 *
 * @param organisation null for a person
 * @param actor the person who is logged in; null for an organisation
 */
public record Owner(
        String client,
        @Nullable String organisation,
        @Nullable PersonId actor) {}
