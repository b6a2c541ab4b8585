package phr.gateway.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phr.consent.Permit;
import phr.fhir.PersonId;

/** What a contract needs of a store. */
interface StoreUnderTest {

    RecordStore store();

    Owners owners();

    /** Moves the person's consent epoch on by one, in a transaction of its own. */
    void changeConsents(PersonId person);

    /** Does at once what the store would do in the background. */
    void settle(PersonId person);

    /** Where the store does it beside others: it has looked when the change becomes visible, and ends afterwards. */
    default void settleDuring(PersonId person, Runnable change) {
        change.run();
        settle(person);
    }

    default Saved save(PersonId person, Sample... samples) {
        return store().save(Permits.contribute(person), Sample.batch(person, samples));
    }

    default List<Entry> all(Permit permit, Query query) {
        List<Entry> entries = new ArrayList<>();
        try (Results results = store().search(permit, query)) {
            results.forEachRemaining(entries::add);
        }
        return entries;
    }

    default List<String> references(Permit permit, Query query) {
        return all(permit, query).stream()
                .map(entry -> entry.type() + "/" + entry.id())
                .toList();
    }

    default List<String> references(Permit permit) {
        return references(permit, Query.everything());
    }

    default Entry stored(PersonId person, Sample sample) {
        Optional<Entry> entry = store().read(Permits.own(person), sample.facts().type(), sample.id());
        return entry.orElseThrow();
    }
}
