package phr.consent.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import phr.consent.chain.Chains;
import phr.fhir.PersonId;

/** Receipts as they were issued: asking again gives the same bytes and the same signature (consent-semantics.md §16.5). */
@ApplicationScoped
@Transactional
public class IssuedReceipts {

    /**
     * A receipt and the detached JWS over its bytes.
     *
     * @param body canonical JSON
     */
    public record Issued(String body, String signature) {}

    private final Chains chains;

    IssuedReceipts(Chains chains) {
        this.chains = chains;
    }

    public Optional<Issued> find(PersonId person, UUID directive, int version) {
        return ReceiptRow.<ReceiptRow>find(
                        "directiveId = ?1 and version = ?2 and personId = ?3", directive, version, person.value())
                .firstResultOptional()
                .map(row -> new Issued(row.body, row.signature));
    }

    /** Keeps what is handed out now, unless one was handed out before: then that one. The caller holds the lock of the person. */
    public Issued keep(PersonId person, UUID directive, int version, Issued issued, Instant now) {
        Optional<Issued> before = find(person, directive, version);
        if (before.isPresent()) {
            return before.get();
        }
        ReceiptRow row = new ReceiptRow();
        row.directiveId = directive;
        row.version = version;
        row.body = issued.body();
        row.signature = issued.signature();
        chains.append(row, person, now);
        return issued;
    }
}
