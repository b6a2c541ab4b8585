package phr.consent.request;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import phr.consent.ledger.ConsentEpochs;
import phr.fhir.Ids;
import phr.fhir.PersonId;

/** Organisations by which a person does not want to be asked, nor that a proxy grants them anything (consent-semantics.md §10.2). */
@ApplicationScoped
public class BlockList {

    private final ConsentEpochs epochs;
    private final Clock clock;

    BlockList(ConsentEpochs epochs, Clock clock) {
        this.epochs = epochs;
        this.clock = clock;
    }

    /** Ids of the parties, sorted. */
    @Transactional
    public Set<String> of(PersonId person) {
        Set<String> blocked = new TreeSet<>();
        for (BlockRow row : BlockRow.ofPerson(person.value())) {
            if (row.blocked) {
                blocked.add(row.party);
            } else {
                blocked.remove(row.party);
            }
        }
        return blocked;
    }

    /** Changes nothing when it is so already. */
    @Transactional
    public void set(PersonId person, String party, boolean blocked, String actor) {
        epochs.lock(person);
        if (of(person).contains(party) == blocked) {
            return;
        }
        List<BlockRow> rows = BlockRow.ofPerson(person.value());
        BlockRow row = new BlockRow();
        row.id = Ids.v7(clock);
        row.personId = person.value();
        row.party = party;
        row.blocked = blocked;
        row.actor = actor;
        row.recordedAt = clock.instant().truncatedTo(ChronoUnit.MICROS);
        row.persistAfter(rows.isEmpty() ? null : rows.get(rows.size() - 1));
        epochs.bump(person);
    }
}
