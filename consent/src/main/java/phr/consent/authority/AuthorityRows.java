package phr.consent.authority;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.Chains;
import phr.consent.directive.Window;
import phr.consent.lifecourse.Authority;
import phr.fhir.PersonId;

/** Reads the rows of authorities and folds them. */
@ApplicationScoped
class AuthorityRows {

    private final Chains chains;
    private final EntityManager entities;

    AuthorityRows(Chains chains, EntityManager entities) {
        this.chains = chains;
        this.entities = entities;
    }

    /** Every authority over the person, oldest first; rows recorded after {@code known} do not exist. */
    List<RecordedAuthority> over(PersonId person, Instant known) {
        List<AuthorityRow> rows = chains.of(AuthorityRow.class, person);
        if (rows.isEmpty()) {
            return List.of();
        }
        Map<UUID, List<AuthorityEvent>> events = chains.of(AuthorityEvent.class, person).stream()
                .filter(event -> !event.recordedAt.isAfter(known))
                .collect(Collectors.groupingBy(event -> event.authorityId));
        return rows.stream()
                .filter(row -> !row.recordedAt.isAfter(known))
                .map(row -> fold(row, events.getOrDefault(row.id, List.of())))
                .toList();
    }

    /** Whose records the person has or had an authority over. */
    List<PersonId> personsOf(PersonId holder) {
        return entities.createQuery("select distinct personId from AuthorityEvent where holderId = ?1", UUID.class)
                .setParameter(1, holder.value())
                .getResultStream()
                .map(PersonId::new)
                .toList();
    }

    /** Persons over whom something waits for an operator, longest waiting first. */
    List<PersonId> waiting(int most) {
        return entities.createQuery(
                        "select a.personId from AuthorityRow a where not exists (select 1 from AuthorityEvent e"
                                + " where e.authorityId = a.id and e.type in ('VERIFIED', 'ENDED'))"
                                + " order by a.recordedAt",
                        UUID.class)
                .setMaxResults(most)
                .getResultStream()
                .distinct()
                .map(PersonId::new)
                .toList();
    }

    /** Persons over whom there is an authority, in the order of their ids, after one. */
    List<PersonId> personsAfter(UUID last, int most) {
        return entities.createQuery(
                        "select distinct a.personId from AuthorityRow a where a.personId > ?1 order by a.personId",
                        UUID.class)
                .setParameter(1, last)
                .setMaxResults(most)
                .getResultStream()
                .map(PersonId::new)
                .toList();
    }

    Optional<PersonId> owner(UUID id) {
        return AuthorityRow.<AuthorityRow>findByIdOptional(id).map(row -> new PersonId(row.personId));
    }

    void add(AuthorityRow row, PersonId person, Instant now) {
        chains.append(row, person, now);
    }

    void add(AuthorityEvent row, PersonId person, Instant now) {
        chains.append(row, person, now);
    }

    boolean intact(PersonId person) {
        return chains.intact(AuthorityRow.class, person) && chains.intact(AuthorityEvent.class, person);
    }

    private static RecordedAuthority fold(AuthorityRow row, List<AuthorityEvent> events) {
        Authority.State state = Authority.State.REGISTERED;
        for (AuthorityEvent event : events) {
            state = RecordedAuthority.Type.valueOf(event.type).after(state);
        }
        UUID holder = last(events, event -> event.holderId);
        return new RecordedAuthority(
                row.id,
                new PersonId(row.personId),
                holder == null ? null : new PersonId(holder),
                Authority.Kind.valueOf(row.kind),
                state,
                Authority.Activation.valueOf(row.activation),
                row.scope(),
                new Window(row.validFrom, row.validTo),
                last(events, event -> event.reviewDue),
                last(events, event -> event.supervisorAppointedAt),
                row.recordedAt,
                events.stream()
                        .map(event -> new RecordedAuthority.Event(
                                RecordedAuthority.Type.valueOf(event.type),
                                event.recordedAt,
                                event.actor,
                                event.reason))
                        .toList());
    }

    private interface Column<T> {
        @Nullable
        T of(AuthorityEvent event);
    }

    private static <T> @Nullable T last(List<AuthorityEvent> events, Column<T> column) {
        T found = null;
        for (AuthorityEvent event : events) {
            T value = column.of(event);
            found = value == null ? found : value;
        }
        return found;
    }
}
