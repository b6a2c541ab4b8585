package phr.gateway.subscriptions;

import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;

/**
 * Who subscribed; for anybody else the subscription does not exist.
 *
 * @param organisation null for a person
 * @param actor the person who is logged in; null for an organisation
 */
record Owner(
        String client,
        @Nullable String organisation,
        @Nullable PersonId actor) {}
