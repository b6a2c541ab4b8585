package phr.consent.lifeevent;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import phr.consent.chain.Chains;
import phr.consent.lifecourse.LifeEvent;
import phr.fhir.PersonId;

/** Reads the rows of life events and folds them. */
@ApplicationScoped
class LifeEventRows {

    private final Chains chains;

    LifeEventRows(Chains chains) {
        this.chains = chains;
    }

    /** Every report, withdrawn ones too, oldest first; rows recorded after {@code known} do not exist. */
    List<RecordedLifeEvent> of(PersonId person, Instant known) {
        List<LifeEventRow> reports = chains.of(LifeEventRow.class, person);
        if (reports.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<LifeEventAct>> acts = chains.of(LifeEventAct.class, person).stream()
                .filter(act -> !act.recordedAt.isAfter(known))
                .collect(Collectors.groupingBy(act -> act.lifeEventId));
        return reports.stream()
                .filter(row -> !row.recordedAt.isAfter(known))
                .map(row -> recorded(row, acts.getOrDefault(row.id, List.of())))
                .toList();
    }

    Optional<PersonId> owner(UUID id) {
        return LifeEventRow.<LifeEventRow>findByIdOptional(id).map(row -> new PersonId(row.personId));
    }

    void add(LifeEventRow row, PersonId person, Instant now) {
        chains.append(row, person, now);
    }

    void add(LifeEventAct row, PersonId person, Instant now) {
        chains.append(row, person, now);
    }

    boolean intact(PersonId person) {
        return chains.intact(LifeEventRow.class, person) && chains.intact(LifeEventAct.class, person);
    }

    private static RecordedLifeEvent recorded(LifeEventRow row, List<LifeEventAct> acts) {
        return new RecordedLifeEvent(
                row.id,
                new PersonId(row.personId),
                LifeEvent.Type.valueOf(row.type),
                row.effectiveAt,
                row.authorityId,
                row.reportedBy,
                row.recordedAt,
                acts.stream()
                        .map(act -> new RecordedLifeEvent.Act(
                                RecordedLifeEvent.ActType.valueOf(act.type), act.recordedAt, act.actor, act.reason))
                        .toList());
    }
}
