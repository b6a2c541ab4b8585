package phr.gateway.consents.shared;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Grantee;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.consent.ledger.Recorded;
import phr.gateway.audit.Discretions;
import phr.gateway.audit.ReadCount;
import phr.gateway.audit.ReadCounts;
import phr.gateway.consents.Registry;
import phr.gateway.consents.Summary;
import phr.gateway.consents.VisibleDirectives;
import phr.gateway.people.Principal;

/** The directives of a person that open something, as far as the caller may see them, grouped by whom they name. */
@ApplicationScoped
class SharedConsents {

    private static final Set<State> WITHDRAWABLE =
            EnumSet.of(State.ACTIVE, State.SUSPENDED, State.FROZEN, State.PENDING_RECONSENT);

    private final VisibleDirectives visible;
    private final ReadCounts counts;
    private final Discretions discretions;
    private final Registry registry;
    private final String service;

    SharedConsents(
            VisibleDirectives visible,
            ReadCounts counts,
            Discretions discretions,
            Registry registry,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        this.visible = visible;
        this.counts = counts;
        this.discretions = discretions;
        this.registry = registry;
        this.service = baseUrl.replaceFirst("/fhir$", "");
    }

    /** @param endsBefore only what is in force and ends before then; null: everything, what is in force first */
    List<SharedView> of(Principal principal, @Nullable Instant endsBefore) {
        List<Directive> all =
                visible.of(principal).stream().map(Recorded::directive).toList();
        Map<Grantee, List<Directive>> byRecipient = new TreeMap<>();
        for (Directive directive : all) {
            if (endsBefore == null || endsBefore(directive, endsBefore)) {
                recipients(directive).forEach(grantee -> byRecipient
                        .computeIfAbsent(grantee, key -> new ArrayList<>())
                        .add(directive));
            }
        }
        String whose = whose(principal);
        Counted reads = Counted.of(counts.of(principal.personOfConsentRecords(), discretions.of(principal)));
        return byRecipient.entrySet().stream()
                .map(entry -> view(entry.getKey(), entry.getValue(), stops(all, entry.getKey()), reads, whose))
                .toList();
    }

    /** Whom it opens something to: its grantees, or those of an exception to a deny. */
    private static Set<Grantee> recipients(Directive directive) {
        Set<Grantee> opened = new TreeSet<>();
        if (directive.effect().permits()) {
            opened.addAll(orNone(directive.base().grantees()));
            return opened;
        }
        directive.exceptions().stream()
                .filter(exception -> exception.effect().permits())
                .map(exception -> exception.elements().grantees() == null
                        ? directive.base().grantees()
                        : exception.elements().grantees())
                .forEach(grantees -> opened.addAll(orNone(grantees)));
        opened.remove(Grantee.ANY);
        return opened;
    }

    private static boolean endsBefore(Directive directive, Instant limit) {
        Window validity = directive.base().validity();
        Instant until = validity == null ? null : validity.until();
        return directive.state() == State.ACTIVE && until != null && until.isBefore(limit);
    }

    /** A deny of everything that names the recipient. */
    private static boolean stops(List<Directive> all, Grantee recipient) {
        return all.stream()
                .filter(directive -> directive.state() == State.ACTIVE && directive.effect() == Effect.DENY)
                .filter(directive -> directive.exceptions().isEmpty())
                .anyMatch(directive -> directive.base().purposes() == null
                        && directive.base().actions() == null
                        && directive.base().selectors() == null
                        && directive.base().labels() == null
                        && orNone(directive.base().grantees()).contains(recipient));
    }

    private SharedView view(Grantee grantee, List<Directive> directives, boolean stopped, Counted reads, String whose) {
        String id = grantee.id().isEmpty() ? null : grantee.id();
        boolean organisation = grantee.kind() == Grantee.Kind.ORGANISATION;
        return new SharedView(
                new SharedView.Recipient(grantee.kind().name(), id, registry.name(grantee), stopped),
                directives.stream()
                        .sorted(Comparator.comparing(directive -> directive.state() != State.ACTIVE))
                        .map(directive -> shared(directive, reads, whose))
                        .toList(),
                organisation ? reads.ofOrganisation(bare(grantee.id())) : null,
                organisation ? step("/consents/shared/" + bare(grantee.id()) + "/$stop" + whose) : null);
    }

    private SharedView.Shared shared(Directive directive, Counted reads, String whose) {
        Window validity = directive.base().validity();
        Instant until = validity == null ? null : validity.until();
        boolean renewable = until != null && (directive.state() == State.ACTIVE || directive.state() == State.EXPIRED);
        String path = "/consents/" + directive.id();
        return new SharedView.Shared(
                directive.id(),
                directive.version(),
                directive.state().name(),
                Summary.of(directive, registry::name),
                until == null ? null : until.toString(),
                reads.ofDirective(directive.id()),
                WITHDRAWABLE.contains(directive.state()) ? step(path + "/$revoke" + whose) : null,
                renewable ? step(path + "/$renew" + whose) : null);
    }

    private SharedView.Step step(String path) {
        return new SharedView.Step("POST", service + path);
    }

    private static Collection<Grantee> orNone(@Nullable Collection<Grantee> grantees) {
        return grantees == null ? Set.of() : grantees;
    }

    /** What a proxy adds to an address of the person. */
    static String whose(Principal principal) {
        return principal.proxy() ? "?person=" + principal.person() : "";
    }

    static String bare(String organisation) {
        return organisation.substring(organisation.indexOf('/') + 1);
    }

    /** The counts, found by what they are about. */
    private record Counted(Map<String, SharedView.Reads> organisations, Map<String, SharedView.Reads> directives) {

        static Counted of(List<ReadCount> counts) {
            Counted counted = new Counted(new HashMap<>(), new HashMap<>());
            for (ReadCount count : counts) {
                SharedView.Reads reads =
                        new SharedView.Reads(count.count(), count.last().toString());
                if (count.organisation() != null) {
                    counted.organisations.put(count.organisation(), reads);
                } else if (count.directive() != null) {
                    counted.directives.put(count.directive(), reads);
                }
            }
            return counted;
        }

        SharedView.@Nullable Reads ofOrganisation(String id) {
            return organisations.get(id);
        }

        SharedView.@Nullable Reads ofDirective(String id) {
            return directives.get(id);
        }
    }
}
