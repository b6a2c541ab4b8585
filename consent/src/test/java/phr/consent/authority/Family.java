package phr.consent.authority;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selectors;
import phr.consent.directive.Window;
import phr.consent.evidence.Evidence;
import phr.consent.ledger.Act;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.InventedBirthDates;
import phr.consent.ledger.Recorded;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.LifeEvent;
import phr.consent.lifeevent.LifeEvents;
import phr.consent.lifeevent.RecordedLifeEvent;
import phr.consent.lifeevent.Report;
import phr.fhir.PersonId;
import phr.fhir.Sha256;
import phr.fhir.facts.Confidentiality;

/** Verbs for the tests of people who act for others. */
@ApplicationScoped
class Family {

    static final Evidence REGISTER =
            new Evidence(null, "family-register", "application/pdf", Sha256.of(new byte[] {1}), null, null, null);

    private final Authorities authorities;
    private final ConsentLedger ledger;
    private final LifeEvents lifeEvents;

    Family(Authorities authorities, ConsentLedger ledger, LifeEvents lifeEvents) {
        this.authorities = authorities;
        this.ledger = ledger;
        this.lifeEvents = lifeEvents;
    }

    static PersonId somebody() {
        return new PersonId(UUID.randomUUID());
    }

    static PersonId child(LocalDate born) {
        PersonId child = somebody();
        InventedBirthDates.born(child, born);
        return child;
    }

    RecordedAuthority claims(PersonId holder, PersonId person, Authority.Kind kind, Authority.Activation activation) {
        return authorities.register(
                new Claim(person, holder, kind, activation, Authority.Scope.ALL, Window.ANY), holder.toString());
    }

    /** With verified evidence. */
    RecordedAuthority acts(PersonId holder, PersonId person, Authority.Kind kind, Authority.Activation activation) {
        return verified(claims(holder, person, kind, activation).id(), null);
    }

    RecordedAuthority parent(PersonId holder, PersonId child) {
        return acts(holder, child, Authority.Kind.PARENT, Authority.Activation.AT_ONCE);
    }

    RecordedAuthority verified(UUID authority, @Nullable Instant supervisor) {
        return authorities.verify(
                authority, new Verification(REGISTER, true, supervisor, "令和8年(家)第1号", null), "operator");
    }

    RecordedLifeEvent happens(PersonId person, LifeEvent.Type type, @Nullable UUID authority) {
        RecordedLifeEvent reported = lifeEvents.report(person, new Report(type, null, authority, null), "somebody");
        return lifeEvents.verify(reported.id(), REGISTER, "operator");
    }

    Recorded grants(RecordedAuthority by, Directive draft) {
        return ledger.grant(by.person(), draft, ConsentLedger.Countries.UNKNOWN, act(by));
    }

    static Act act(RecordedAuthority by) {
        UUID holder = java.util.Objects.requireNonNull(by.holder()).value();
        return Act.onScreen(holder.toString()).under(by.grantor(), holder);
    }

    static Directive permit(String organisation, String purpose, LabelRule labels) {
        return Directive.permit(
                "",
                Elements.NONE
                        .withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, organisation))
                        .withPurposes(purpose)
                        .withActions(Action.READ)
                        .withSelectors(Selectors.ALL)
                        .withLabels(labels));
    }

    static Directive dailyPermit() {
        return permit("clinic", "TREAT", LabelRule.max(Confidentiality.N));
    }
}
