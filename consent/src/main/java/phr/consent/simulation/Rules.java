package phr.consent.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.Effect;
import phr.consent.directive.Emergency;
import phr.consent.directive.Grantee;
import phr.consent.directive.Grantor;
import phr.consent.directive.Purposes;
import phr.consent.fhir.ConsentReader;
import phr.consent.fhir.DirectiveFindings;
import phr.consent.fhir.Finding;
import phr.consent.fhir.ImportTerms;
import phr.consent.fhir.Imported;
import phr.consent.lifecourse.AgeBands;
import phr.consent.lifecourse.Authority;

/** What the Consents and directives of a body say, and what was found in them. */
final class Rules {

    private final Simulation simulation;
    private final Instant now;
    private final List<Rule> list = new ArrayList<>();
    private final List<Simulation.Located> findings = new ArrayList<>();
    private final Set<String> patients = new LinkedHashSet<>();

    private Rules(Simulation simulation, Instant now) {
        this.simulation = simulation;
        this.now = now;
    }

    static Rules of(Simulation simulation, Instant now) {
        Rules rules = new Rules(simulation, now);
        rules.consents();
        rules.directives();
        rules.beside();
        rules.purposes();
        return rules;
    }

    List<Rule> list() {
        return list;
    }

    List<Simulation.Located> findings() {
        return findings;
    }

    /** Whom the Consents name, in their order. */
    Set<String> patients() {
        return patients;
    }

    private void consents() {
        Context context = simulation.context();
        ImportTerms terms = new ImportTerms(context.policies(), this::authorised, context.confirmed(), now);
        for (int i = 0; i < simulation.consents().size(); i++) {
            String from = "consents[" + i + "]";
            Imported imported = ConsentReader.read(simulation.consents().get(i), "consents-" + i, terms);
            if (imported.patient() != null) {
                patients.add(imported.patient());
            }
            imported.findings().forEach(finding -> findings.add(new Simulation.Located(from, finding)));
            for (Directive directive : imported.directives()) {
                list.add(Rule.of(from, imported.patient(), directive));
                DirectiveFindings.ofConsent(directive, now, this::country)
                        .forEach(finding -> findings.add(new Simulation.Located(from, finding)));
            }
        }
    }

    private void directives() {
        String person = simulation.context().subject();
        for (int i = 0; i < simulation.directives().size(); i++) {
            String from = "directives[" + i + "]";
            Directive directive = complete(simulation.directives().get(i), from);
            List<Finding> found = DirectiveFindings.ofDirective(directive, now, this::country);
            found.forEach(finding -> findings.add(new Simulation.Located(from, finding)));
            boolean unusable = found.stream().anyMatch(finding -> finding.effect() == Finding.Effect.REJECTED);
            if (!unusable) {
                list.add(Rule.of(from, person, directive));
            }
        }
    }

    /** An unusable deny is a broad deny, and one that does not speak of emergencies is never overridden. */
    private Directive complete(Directive directive, String from) {
        if (directive.effect() == Effect.PERMIT) {
            return directive;
        }
        Directive complete = directive.emergency() == null ? directive.withEmergency(Emergency.NEVER) : directive;
        if (directive.base().grantees() != null) {
            return complete;
        }
        findings.add(new Simulation.Located(
                from,
                new Finding(
                        "CS-2",
                        Finding.Level.WARNING,
                        "/grantees",
                        Finding.Effect.BROADENED,
                        "a deny that names nobody is for everybody")));
        return complete.withBase(directive.base().withGrantees(Grantee.ANY));
    }

    private void beside() {
        for (Rule rule : list) {
            List<Directive> others = list.stream()
                    .filter(other -> other != rule && java.util.Objects.equals(other.person(), rule.person()))
                    .limit(1000)
                    .map(Rule::directive)
                    .toList();
            boolean consent = rule.from().startsWith("consents");
            DirectiveFindings.beside(rule.directive(), others, consent)
                    .forEach(finding -> findings.add(new Simulation.Located(rule.from(), finding)));
        }
    }

    private void purposes() {
        List<String> purposes = simulation.asked().purposes();
        for (int i = 0; i < purposes.size(); i++) {
            if (!Purposes.known(purposes.get(i))) {
                String at = "request.purposes[" + i + "]";
                findings.add(new Simulation.Located(
                        at,
                        new Finding(
                                "L-18",
                                Finding.Level.WARNING,
                                "/request/purposes/" + i,
                                Finding.Effect.NONE,
                                "a purpose outside the table is compared by equality only")));
            }
        }
    }

    /** A permit by a proxy needs an authority that was in force and covers it (L-3). */
    private Optional<Grantor> authorised(String performer, Instant at, Directive permit) {
        for (Authority authority : simulation.context().authorities()) {
            boolean holds =
                    authority.holder().equals(performer) && authority.scope().mayGrant();
            if (holds
                    && authority.inForce(at, simulation.context().life(), AgeBands.JAPAN)
                    && Scopes.cover(authority.scope(), permit)) {
                return Optional.of(new Grantor(capacity(authority.kind()), java.util.UUID.fromString(authority.id())));
            }
        }
        return Optional.empty();
    }

    private static Grantor.Capacity capacity(Authority.Kind kind) {
        return kind == Authority.Kind.PARENT ? Grantor.Capacity.GUARDIAN : Grantor.Capacity.valueOf(kind.name());
    }

    private @Nullable String country(Grantee grantee) {
        Map<String, String> countries = new HashMap<>();
        AccessRequest request = simulation.asked().about(new phr.fhir.PersonId(References.uuid("anybody")));
        if (request.organisation() != null) {
            add(countries, request.organisation());
        }
        if (request.app() != null && request.app().vendor() != null) {
            add(countries, request.app().vendor());
        }
        return countries.get(grantee.id());
    }

    private static void add(Map<String, String> countries, Party party) {
        countries.put(party.id(), party.country());
        party.aliases().forEach(alias -> countries.put(alias, party.country()));
    }
}
