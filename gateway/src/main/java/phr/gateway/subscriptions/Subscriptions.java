package phr.gateway.subscriptions;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.Permit;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.caller.Caller;
import phr.gateway.caller.Interaction;
import phr.gateway.people.Owner;
import phr.gateway.people.People;
import phr.gateway.record.Criteria;
import phr.gateway.subscriptions.Subscription.Status;
import phr.gateway.subscriptions.SubscriptionReader.Read;

/** The subscriptions of the caller. */
@Singleton
class Subscriptions {

    private final SubscriptionRows rows;
    private final RecordAccess access;
    private final People people;
    private final SubscriptionsConfig config;
    private final Clock clock;
    private final boolean loopback;

    Subscriptions(
            SubscriptionRows rows,
            RecordAccess access,
            People people,
            SubscriptionsConfig config,
            Clock clock,
            @ConfigProperty(name = "phr.notices.insecure-loopback", defaultValue = "false") boolean loopback) {
        this.rows = rows;
        this.access = access;
        this.people = people;
        this.config = config;
        this.clock = clock;
        this.loopback = loopback;
    }

    /**
     * @throws phr.fhir.failure.FailureException as {@link SubscriptionReader}; as a search by the same criteria for a person whom
     *     the caller does not know, and without consent; INVALID for one too many
     */
    Subscription create(Caller caller, JsonNode resource) {
        Read read = SubscriptionReader.read(resource, loopback, now());
        PersonId person = permitted(read.criteria());
        Owner owner = owner(caller);
        long has = rows.of(owner).stream()
                .filter(one -> one.person().equals(person))
                .count();
        if (has >= config.most()) {
            throw Failure.of(Category.INVALID, "SUB-4", "a client may have " + config.most() + " on one person")
                    .exception();
        }
        Subscription created = subscription(Ids.v7(clock), 1, person, caller, read);
        rows.insert(owner, created);
        return created;
    }

    /** To switch off takes no consent; everything else is decided as when it was created. */
    Subscription replace(Caller caller, UUID id, JsonNode resource) {
        Subscription known = find(caller, id);
        if (!resource.path("id").asText().equals(id.toString())) {
            throw invalid("must be the id in the address", "Subscription.id");
        }
        Read read = SubscriptionReader.read(resource, loopback, now());
        boolean same = read.criteria().patient().equals(known.criteria().patient());
        if (!same || !read.off() && !permitted(read.criteria()).equals(known.person())) {
            throw invalid("must stay with the same person", "Subscription.criteria");
        }
        Subscription replaced = subscription(id, known.version() + 1, known.person(), caller, read);
        if (!rows.replace(replaced)) {
            throw Failure.of(Category.CONFLICT, "SUB-5", "it has been changed meanwhile")
                    .exception();
        }
        return replaced;
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND also for those of others */
    Subscription find(Caller caller, UUID id) {
        return rows.find(owner(caller), id).orElseThrow(Subscriptions::unknown);
    }

    /** @param status null = any */
    List<Subscription> own(Caller caller, @Nullable String status) {
        Instant now = clock.instant();
        return rows.of(owner(caller)).stream()
                .filter(one -> status == null || one.status(now).code().equals(status))
                .toList();
    }

    void delete(Caller caller, UUID id) {
        if (!rows.delete(owner(caller), id)) {
            throw unknown();
        }
    }

    /** Whoever may subscribe now may be delivered to now; whether later is decided later. */
    private PersonId permitted(Criteria criteria) {
        String type = criteria.type();
        Ask ask = Ask.ofPatient(criteria.patient(), Action.SUBSCRIBE, Interaction.SEARCH, "subscribe " + type, type);
        return access.perform(ask, Permit::subject);
    }

    private Subscription subscription(UUID id, int version, PersonId person, Caller caller, Read read) {
        Status status = read.off() ? Status.OFF : Status.ACTIVE;
        return new Subscription(id, version, person, caller.nameless(), read.resource(), status, now(), read.end());
    }

    private Owner owner(Caller caller) {
        return people.owner(caller).orElseThrow(Subscriptions::unknown);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    static RuntimeException unknown() {
        return Failure.of(Category.NOT_FOUND, "not-found", "not found").exception();
    }

    private static RuntimeException invalid(String text, String expression) {
        return Failure.of(Category.INVALID, "SUB-2", text, expression).exception();
    }
}
