package phr.gateway.consents;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Grantee;
import phr.consent.ledger.ConsentLedger;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.gateway.people.Organisations;

/** Grantees as the registry of organisations knows them. */
@ApplicationScoped
public class Registry implements ConsentLedger.Countries {

    private static final String REFERENCE = "Organization/";

    private final Organisations organisations;

    Registry(Organisations organisations) {
        this.organisations = organisations;
    }

    @Override
    public @Nullable String of(Grantee grantee) {
        return switch (grantee.kind()) {
            case ORGANISATION ->
                organisations.party(grantee.id()).map(Party::country).orElse(null);
            case APP ->
                organisations
                        .app(grantee.id(), null)
                        .map(ClientApp::vendor)
                        .map(Party::country)
                        .orElse(null);
            default -> null;
        };
    }

    /** A class is one when an organisation in it is. */
    @Override
    public boolean linkage(Grantee grantee) {
        return switch (grantee.kind()) {
            case ORGANISATION -> organisations.linkage(grantee.id());
            case ROLE -> grantee.organisation() != null && organisations.linkage(grantee.organisation());
            case APP ->
                organisations
                        .app(grantee.id(), null)
                        .map(ClientApp::vendor)
                        .filter(vendor -> organisations.linkage(vendor.id()))
                        .isPresent();
            case CLASS -> organisations.linkageOfClass(grantee.id());
            default -> false;
        };
    }

    /** The name that people know; null when there is none. */
    public @Nullable String name(Grantee grantee) {
        return switch (grantee.kind()) {
            case ORGANISATION -> organisations.name(grantee.id()).orElse(null);
            case APP ->
                organisations
                        .app(grantee.id(), null)
                        .map(ClientApp::vendor)
                        .flatMap(vendor -> organisations.name(vendor.id()))
                        .orElse(null);
            default -> null;
        };
    }

    /**
     * A permit names only organisations and applications that exist here: one for a mistyped id would wait for whoever takes that
     * id later. A deny may name anybody.
     *
     * @throws phr.fhir.failure.FailureException INVALID with one located issue per unknown grantee
     */
    public void requireKnown(Directive draft) {
        Set<Grantee> grantees = draft.base().grantees();
        if (draft.effect() == Effect.DENY || grantees == null) {
            return;
        }
        List<Issue> unknown = new ArrayList<>();
        for (Grantee grantee : grantees) {
            if (!known(grantee)) {
                unknown.add(Issue.error(
                        Category.INVALID.issueCode(),
                        "grantee",
                        "the registry knows no such organisation or application",
                        "/grantees"));
            }
        }
        if (!unknown.isEmpty()) {
            throw new Failure(Category.INVALID, unknown).exception();
        }
    }

    /**
     * Whether the grantee is the organisation itself, one of its applications or a role there.
     *
     * @param organisation id without {@code Organization/}
     */
    public boolean belongs(Grantee grantee, String organisation) {
        String reference = REFERENCE + organisation;
        return switch (grantee.kind()) {
            case ORGANISATION -> is(grantee.id(), organisation);
            case ROLE -> grantee.organisation() != null && is(grantee.organisation(), organisation);
            case APP ->
                organisations
                        .app(grantee.id(), organisation)
                        .map(ClientApp::vendor)
                        .filter(vendor -> vendor.id().equals(reference))
                        .isPresent();
            default -> false;
        };
    }

    private static boolean is(String id, String organisation) {
        return id.equals(organisation) || id.equals(REFERENCE + organisation);
    }

    private boolean known(Grantee grantee) {
        return switch (grantee.kind()) {
            case ORGANISATION -> organisations.party(grantee.id()).isPresent();
            case APP -> organisations.app(grantee.id(), null).isPresent();
            default -> true;
        };
    }
}
