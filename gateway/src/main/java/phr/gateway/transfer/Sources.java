package phr.gateway.transfer;

import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import phr.consent.Capacity;
import phr.consent.Permit;
import phr.consent.authority.Authorities;
import phr.consent.authority.OwnSphere;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Recorded;
import phr.fhir.Ids;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.normalise.Account;
import phr.gateway.audit.Tally;
import phr.gateway.keys.Secrets;
import phr.gateway.people.People;
import phr.gateway.record.RecordStore;
import phr.portability.RecordSource;
import phr.portability.Subject;

/** Makes the record source for a permit. */
@Singleton
class Sources {

    private final RecordStore store;
    private final People people;
    private final ImportLog log;
    private final ConsentLedger ledger;
    private final Authorities authorities;
    private final UUID subjects;

    Sources(
            RecordStore store,
            People people,
            ImportLog log,
            ConsentLedger ledger,
            Authorities authorities,
            Secrets secrets) {
        this.store = store;
        this.people = people;
        this.log = log;
        this.ledger = ledger;
        this.authorities = authorities;
        ByteBuffer secret = ByteBuffer.wrap(secrets.of("package-subject"));
        this.subjects = new UUID(secret.getLong(), secret.getLong());
    }

    /** @param tally counts what is read */
    RecordSource of(Permit permit, Tally tally) {
        PersonId person = permit.subject();
        return new RecordOut(
                permit,
                store,
                subject(person),
                log.namespaces(person),
                new TravellingConsents(travelling(permit)),
                tally);
    }

    /** All of them for the person herself; a guardian takes nothing along of what a young person decides alone (§11). */
    private List<Recorded> travelling(Permit permit) {
        String id = permit.request().authority();
        OwnSphere own = id == null
                ? OwnSphere.NONE
                : authorities
                        .find(UUID.fromString(id))
                        .map(authorities::closedTo)
                        .orElseThrow();
        return ledger.history(permit.subject()).stream()
                .filter(recorded -> !own.hides(recorded.directive()))
                .toList();
    }

    /**
     * A whole package is for the person herself or who lawfully acts for her.
     *
     * @throws phr.fhir.failure.FailureException FORBIDDEN for anybody else
     */
    static void requirePerson(Permit permit) {
        Capacity capacity = permit.request().capacity();
        if (capacity != Capacity.SELF && capacity != Capacity.PROXY) {
            throw Failure.of(Category.FORBIDDEN, "TRF-1", "only the person moves her whole record")
                    .exception();
        }
    }

    /** In packages the person has an id of her own, which only this gateway can trace back. */
    private Subject subject(PersonId person) {
        Account account = people.account(person)
                .orElseThrow(() -> Failure.of(Category.NOT_FOUND, "not-found", "no such person")
                        .exception());
        return new Subject(
                person,
                Ids.v5(subjects, person.toString()).toString(),
                account.name(),
                account.kana(),
                account.gender(),
                account.birthDate());
    }
}
