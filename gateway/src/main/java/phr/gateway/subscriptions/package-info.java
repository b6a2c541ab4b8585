/**
 * FHIR R4 Subscriptions with channel {@code rest-hook}: who wants to be told of new data in one person's record.
 *
 * <p>To subscribe takes a permit to {@code subscribe} and to {@code read}, and so does every delivery: it is decided anew at its own
 * moment, for the purpose and the scopes of the subscription (consent-semantics.md §7.4, §15). While the person permits nothing the
 * subscription stays active and silent; what was stored meanwhile is not made up for. It ends by its {@code end}, by its owner, or
 * when its endpoint has failed for too long.
 *
 * <p>Without {@code payload} the endpoint gets an empty POST, one for all that waits. With {@code application/fhir+json} a single
 * resource comes as {@code PUT [endpoint]/[type]/[id]}; several that wait together come as {@code POST [endpoint]} of a Bundle of
 * type {@code batch} whose entries are these PUTs, so an endpoint that is a FHIR base understands both. A resource may come more
 * than once and always as it is now: {@code meta.versionId} tells.
 */
@NullMarked
package phr.gateway.subscriptions;

import org.jspecify.annotations.NullMarked;
