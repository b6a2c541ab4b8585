package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.chain.Chains;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.evidence.PolicyText;
import phr.fhir.PersonId;

/** Adds rows to the insert-only tables of directives and reads them back. */
@ApplicationScoped
class LedgerRows {

    /** Current versions that a decision may need; what is revoked, refused or over stays on disk. */
    private static final String ACTING = """
            select v.*, e.type as last_type from directive_version v
            join lateral (
                select d.version, d.type from directive_event d
                where d.directive_id = v.directive_id and d.type not in ('COSIGNED', 'ASSENTED')
                order by d.seq desc limit 1
            ) e on e.version = v.version
            where v.person_id = ?1 and e.type not in ('REVOKED', 'RENOUNCED', 'REFUSED', 'ENTERED_IN_ERROR')
              and (v.valid_to is null or v.valid_to > ?2)
            order by v.chain_seq""";

    private final Chains chains;
    private final EntityManager entities;

    LedgerRows(Chains chains, EntityManager entities) {
        this.chains = chains;
        this.entities = entities;
    }

    History of(PersonId person, Instant known) {
        return new History(chains.of(DirectiveVersion.class, person), chains.of(DirectiveEvent.class, person), known);
    }

    Optional<PersonId> owner(UUID id) {
        return DirectiveVersion.<DirectiveVersion>find("directiveId = ?1 and number = 1", id)
                .firstResultOptional()
                .map(row -> new PersonId(row.personId));
    }

    boolean intact(PersonId person) {
        return chains.intact(DirectiveVersion.class, person) && chains.intact(DirectiveEvent.class, person);
    }

    /** What can take part in a decision now or later, in one statement. */
    List<Directive> acting(PersonId person, Instant now) {
        List<?> rows = entities.createNativeQuery(ACTING, DirectiveVersion.ACTING)
                .setParameter(1, person.value())
                .setParameter(2, now)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> History.directive(
                        (DirectiveVersion) row[0],
                        Event.Type.valueOf((String) row[1]).after(State.PROPOSED)))
                .toList();
    }

    /** How many directives of the person are not over. */
    int count(PersonId person, Instant now) {
        Object count = entities.createNativeQuery("select count(*) from (" + ACTING + ") acting")
                .setParameter(1, person.value())
                .setParameter(2, now)
                .getSingleResult();
        return ((Number) count).intValue();
    }

    long versions(PersonId person) {
        return DirectiveVersion.count("personId", person.value());
    }

    /** A version; the person holds the lock. */
    void add(PersonId person, UUID id, int version, Directive draft, Act act, Instant now) {
        PolicyText text = PolicyText.shown(act.language(), now);
        DirectiveVersion row = new DirectiveVersion();
        row.directiveId = id;
        row.number = version;
        row.effect = draft.effect().name();
        row.body = CanonicalJson.text(DirectiveWriter.body(draft));
        row.bodySha256 = DirectiveWriter.bodyHash(draft).bytes();
        Window validity =
                draft.base().validity() == null ? Window.ANY : draft.base().validity();
        boolean startsNow = draft.effect().permits() && validity.from() == null;
        row.validFrom = startsNow ? now : micros(validity.from());
        row.validTo = micros(validity.until());
        row.grantorId = act.holder() == null ? person.value() : act.holder();
        row.grantorCapacity = act.grantor().capacity().name();
        row.authorityId = act.grantor().authority();
        row.policyTextId = text.id;
        row.policyTextVersion = text.version;
        row.policyTextSha256 = text.sha256;
        row.language = text.language;
        row.collectionMethod = act.method().name();
        row.evidenceId = act.evidence();
        row.recordedBy = act.actor();
        chains.append(row, person, now);
    }

    /** An event of the current version; the person holds the lock. */
    void add(Recorded current, Event.Type type, Act act, @Nullable String reason, Instant now) {
        UUID id = UUID.fromString(current.directive().id());
        int seq = current.events().size() + 1;
        add(current.person(), id, current.directive().version(), seq, type, act, reason, now);
    }

    /** An event; the person holds the lock. */
    void add(
            PersonId person,
            UUID id,
            int version,
            int seq,
            Event.Type type,
            Act act,
            @Nullable String reason,
            Instant now) {
        DirectiveEvent row = new DirectiveEvent();
        row.directiveId = id;
        row.number = seq;
        row.version = version;
        row.type = type.name();
        row.at = now;
        row.actor = act.actor();
        row.reason = reason;
        row.authorityId = act.grantor().authority();
        chains.append(row, person, now);
    }

    /** As exact as the database keeps it, so that the hash can be computed again. */
    private static @Nullable Instant micros(@Nullable Instant instant) {
        return instant == null ? null : Drafts.micros(instant);
    }
}
