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
        @Nullable String detail,
        Sha256 previous,
        Sha256 hash) {

    /** An entry that says nothing for the ledgers. */
    AuditEntry(
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
        this(
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
                null,
                previous,
                hash);
    }

    static AuditEntry next(AuditSql.Tip tip, Instant at, AccessEvent event, @Nullable String organisationName) {
        return next(tip, at, event, organisationName, null);
    }

    /** @param detail canonical JSON of {@link Detail} */
    static AuditEntry next(
            AuditSql.Tip tip,
            Instant at,
            AccessEvent event,
            @Nullable String organisationName,
            @Nullable String detail) {
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
                detail,
                tip.hash(),
                tip.hash());
        return unsealed.withHash(unsealed.computedHash());
    }

    /** What the hash must be. Entries older than the detail are hashed without it. */
    Sha256 computedHash() {
        Canonical canonical = new Canonical()
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
                .add(directives);
        return (detail == null ? canonical : canonical.add(detail)).sha256();
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
                detail,
                previous,
                value);
    }
}
