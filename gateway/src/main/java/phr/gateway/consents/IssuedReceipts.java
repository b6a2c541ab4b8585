package phr.gateway.consents;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.Directive;
import phr.consent.directive.Grantee;
import phr.consent.ledger.ConsentChange;
import phr.consent.ledger.Recorded;
import phr.consent.receipt.Receipts;
import phr.fhir.Ids;
import phr.gateway.people.People;
import phr.portability.sign.CompactJws;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.ProviderKey;

/**
 * Receipts as they were issued: made and signed in the transaction of each change, kept byte for byte, never made anew
 * (consent-semantics.md §16.5).
 */
@ApplicationScoped
class IssuedReceipts {

    /** {@code typ} of a receipt's signatures. */
    private static final String TYPE = "phr-consent-receipt+jws";

    private final EntityManager database;
    private final Receipts receipts;
    private final ProviderKey key;
    private final People people;
    private final Clock clock;

    IssuedReceipts(EntityManager database, Receipts receipts, ProviderKey key, People people, Clock clock) {
        this.database = database;
        this.receipts = receipts;
        this.key = key;
        this.people = people;
        this.clock = clock;
    }

    /**
     * @param json canonical
     * @param signature detached JWS over its bytes
     * @param jose the same with its payload, compact
     */
    record Issued(String json, String signature, String jose) {}

    void on(@Observes ConsentChange change) {
        of(change.after());
    }

    /** The receipt of the directive's last change; issued now when that was before receipts were kept. */
    @Transactional
    public Issued of(Recorded recorded) {
        List<?> rows = find(recorded);
        if (rows.isEmpty()) {
            issue(recorded);
            rows = find(recorded);
        }
        Object[] row = (Object[]) rows.get(0);
        return new Issued((String) row[0], (String) row[1], (String) row[2]);
    }

    private List<?> find(Recorded recorded) {
        return database.createNativeQuery("select receipt, signature, jose from consent_receipt"
                        + " where directive_id = ?1 and version = ?2 and events = ?3")
                .setParameter(1, UUID.fromString(recorded.directive().id()))
                .setParameter(2, recorded.directive().version())
                .setParameter(3, recorded.events().size())
                .getResultList();
    }

    private void issue(Recorded recorded) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        ObjectNode receipt = receipts.receipt(recorded, principal(recorded));
        String json = CanonicalJson.text(receipt);
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        database.createNativeQuery("insert into consent_receipt (directive_id, version, events, person_id, issued_at,"
                        + " receipt, signature, jose) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) on conflict do nothing")
                .setParameter(1, UUID.fromString(recorded.directive().id()))
                .setParameter(2, recorded.directive().version())
                .setParameter(3, recorded.events().size())
                .setParameter(4, recorded.person().value())
                .setParameter(5, now)
                .setParameter(6, json)
                .setParameter(7, DetachedJws.sign(key, TYPE, now, bytes))
                .setParameter(8, CompactJws.sign(key, TYPE, now, bytes))
                .executeUpdate();
    }

    /**
     * A receipt is made to be shown, so it never carries the gateway's own id of the person: the id by which its one recipient
     * knows her, or else one that serves receipts only.
     */
    private String principal(Recorded recorded) {
        Directive directive = recorded.directive();
        if (directive.base().grantees() != null && directive.base().grantees().size() == 1) {
            Grantee only = directive.base().grantees().iterator().next();
            if (only.kind() == Grantee.Kind.ORGANISATION) {
                return people.pairwise(bare(only.id()), recorded.person()).orElseGet(() -> receiptsOnly(recorded));
            }
        }
        return receiptsOnly(recorded);
    }

    private static String receiptsOnly(Recorded recorded) {
        return Ids.v5(recorded.person().value(), "consent receipts").toString();
    }

    private static String bare(String id) {
        return id.startsWith("Organization/") ? id.substring("Organization/".length()) : id;
    }
}
