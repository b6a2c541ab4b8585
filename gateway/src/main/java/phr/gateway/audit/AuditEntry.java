package phr.gateway.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.Sha256;

/** A row of the access log. Its hash covers every field and the hash of the row before. */
record AuditEntry(
        PersonId person,
        long seq,
        Instant at,
        @Nullable String organisation,
        @Nullable String organisationName,
        String app,
        @Nullable String user,
        String action,
        String interaction,
        List<String> purposes,
        String outcome,
        String reason,
        List<String> directives,
        Sha256 previous,
        Sha256 hash) {

    static AuditEntry next(AuditSql.Tip tip, Instant at, AccessEvent event, @Nullable String organisationName) {
        AuditEntry unsealed = new AuditEntry(
                event.person(),
                tip.seq() + 1,
                at,
                event.organisation(),
                organisationName,
                event.app(),
                event.user(),
                event.action(),
                event.interaction(),
                event.purposes(),
                event.outcome().name(),
                event.reason(),
                event.directives(),
                tip.hash(),
                tip.hash());
        return unsealed.withHash(unsealed.computedHash());
    }

    /** What the hash must be. */
    Sha256 computedHash() {
        return new Canonical()
                .add(previous.hex())
                .add(person.toString())
                .add(Long.toString(seq))
                .add(at.toString())
                .add(organisation)
                .add(organisationName)
                .add(app)
                .add(user)
                .add(action)
                .add(interaction)
                .add(purposes)
                .add(outcome)
                .add(reason)
                .add(directives)
                .sha256();
    }

    private AuditEntry withHash(Sha256 value) {
        return new AuditEntry(
                person,
                seq,
                at,
                organisation,
                organisationName,
                app,
                user,
                action,
                interaction,
                purposes,
                outcome,
                reason,
                directives,
                previous,
                value);
    }
}
