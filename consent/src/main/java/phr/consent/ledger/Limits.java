package phr.consent.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import phr.fhir.PersonId;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/** How many directives a person may have, so that no ledger grows until a node falls over. Revoking is always possible. */
@ApplicationScoped
class Limits {

    /** Old versions stay for ever, so they are bounded too. */
    private static final long VERSIONS_PER_DIRECTIVE = 20;

    private final LedgerRows rows;
    private final int most;

    Limits(
            LedgerRows rows,
            @ConfigProperty(name = "phr.consent.directives-per-person", defaultValue = "2000") int most) {
        this.rows = rows;
        this.most = most;
    }

    /** @throws phr.fhir.failure.FailureException INVALID when another directive is one too many */
    void requireRoom(PersonId person, Instant now) {
        if (rows.count(person, now) >= most) {
            throw Failure.of(
                            Category.INVALID,
                            "limit-exceeded",
                            "a person has at most " + most + " directives at a time; revoke some first")
                    .exception();
        }
        requireVersions(person);
    }

    /** @throws phr.fhir.failure.FailureException INVALID when another version is one too many */
    void requireVersions(PersonId person) {
        if (rows.versions(person) >= most * VERSIONS_PER_DIRECTIVE) {
            throw Failure.of(
                            Category.INVALID,
                            "limit-exceeded",
                            "a person has at most " + most * VERSIONS_PER_DIRECTIVE + " versions of directives")
                    .exception();
        }
    }
}
