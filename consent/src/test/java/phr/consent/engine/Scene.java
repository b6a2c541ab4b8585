package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Decision;
import phr.consent.Denial;
import phr.consent.Obligation;
import phr.consent.Party;
import phr.consent.Permit;
import phr.consent.Referrers;
import phr.consent.Research;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.emergency.EmergencyGround;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeEvent;
import phr.consent.trace.Explained;
import phr.consent.trace.TraceStep;
import phr.fhir.PersonId;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** A person, her directives, and somebody who asks: words for the examples of the specification. */
final class Scene {

    static final PersonId PERSON = new PersonId(UUID.fromString("00000000-0000-4000-8000-000000000001"));
    static final String PERMITTED = "PERMIT";
    static final String REFUSED = "REFUSED";

    private final List<Directive> directives = new ArrayList<>();
    private Instant now = at("2026-06-01T10:00:00+09:00");
    private Capacity capacity = Capacity.RECIPIENT;
    private @Nullable Party organisation = clinic("c");
    private ClientApp app = new ClientApp("viewer", false, true, null);
    private String user = "dr";
    private Set<String> roles = Set.of();
    private List<String> purposes = List.of("TREAT");
    private Action action = Action.READ;
    private Referrers referrers = Referrers.NONE;
    private Circumstances circumstances = Circumstances.NONE;
    private @Nullable String authority;
    private @Nullable Research research;

    static Instant at(String dateTime) {
        return OffsetDateTime.parse(dateTime).toInstant();
    }

    static Party clinic(String id) {
        return new Party(id, Set.of(), Set.of("medical-institution"), "JP");
    }

    static Party company(String id, String organisationClass) {
        return new Party(id, Set.of(), Set.of(organisationClass), "JP");
    }

    /** Native directives with single quotes for double ones. */
    Scene says(String... json) {
        for (String text : json) {
            Directive directive = DirectiveReader.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            String id = directive.id().isEmpty() ? "d" + directives.size() : directive.id();
            directives.add(directive.as(id, directive.version(), directive.state()));
        }
        return this;
    }

    Scene says(Directive directive) {
        directives.add(directive);
        return this;
    }

    Scene now(String dateTime) {
        now = at(dateTime);
        return this;
    }

    Scene by(@Nullable Party party) {
        organisation = party;
        return this;
    }

    Scene through(String id, @Nullable Party vendor) {
        app = new ClientApp(id, false, vendor == null, vendor);
        return this;
    }

    Scene throughPortal() {
        app = new ClientApp("portal", true, false, null);
        return this;
    }

    Scene as(Capacity value) {
        capacity = value;
        organisation = value == Capacity.SELF || value == Capacity.PROXY ? null : organisation;
        return this;
    }

    Scene user(String id, String... held) {
        user = id;
        roles = Set.of(held);
        return this;
    }

    Scene purpose(String... codes) {
        purposes = List.of(codes);
        return this;
    }

    Scene action(Action value) {
        action = value;
        return this;
    }

    Scene among(Facts... resources) {
        referrers = Referrers.among(List.of(resources));
        return this;
    }

    AccessRequest request() {
        return new AccessRequest(
                PERSON,
                app,
                user,
                false,
                organisation,
                roles,
                capacity,
                purposes,
                action,
                Set.of(),
                Set.of(),
                authority,
                research);
    }

    Policy policy() {
        return new Policy(PERSON, 1, directives, circumstances);
    }

    Scene given(Circumstances value) {
        circumstances = value;
        return this;
    }

    /** Born then, with these events. */
    Scene born(String date, LifeEvent... events) {
        circumstances = circumstances.withLife(new Life(LocalDate.parse(date), true, List.of(events)));
        return this;
    }

    /** The user acts under this authority through the portal. */
    Scene proxy(Authority held) {
        circumstances = circumstances.withAuthorities(List.of(held));
        authority = held.id();
        user = held.holder();
        return as(Capacity.PROXY).throughPortal();
    }

    Scene emergency(EmergencyGround... grounds) {
        circumstances = circumstances.withEmergencies(List.of(grounds));
        return this;
    }

    Scene research(Research value) {
        research = value;
        return purpose("HRESCH");
    }

    Explained explain(Facts facts) {
        return Engine.explain(request(), policy(), facts, referrers, now);
    }

    /** The step of a directive for the first purpose: result, and the element that failed. */
    String step(String directive, Facts facts) {
        TraceStep step = explain(facts).trace().stream()
                .filter(candidate -> candidate.directive().equals(directive))
                .findFirst()
                .orElseThrow();
        return step.result() + (step.failed() == null ? "" : " " + step.failed());
    }

    Decision call() {
        return Engine.compile(request(), policy(), now);
    }

    /** The call as a whole: PERMIT, or the reason of the refusal. */
    String refusal() {
        return call().fold(permit -> PERMITTED, denial -> denial.reason().name());
    }

    Permit permit() {
        return assertInstanceOf(Permit.class, call());
    }

    /** PERMIT or the reason, decided and, as a cross-check, compiled; rows of which only aggregates leave are DEFAULT. */
    String of(Facts facts) {
        Decision decision = Engine.decide(request(), policy(), facts, referrers, now);
        boolean rows = decision instanceof Permit permit && !permit.grants().isEmpty();
        boolean compiled =
                call().fold(permit -> permit.grantFor(facts, referrers).isPresent(), denial -> false);
        assertEquals(rows, compiled, "compile and decide agree");
        return decision.fold(permit -> rows ? PERMITTED : "DEFAULT", denial -> denial.reason()
                .name());
    }

    Set<Obligation> obligations(Facts facts) {
        return permit().grantFor(facts, referrers).orElseThrow().obligations();
    }

    static Denial.Reason reason(Decision decision) {
        return assertInstanceOf(Denial.class, decision).reason();
    }

    /** A resource of one category on 2026-03-01, labelled N. */
    static Facts resource(String type, String category) {
        return resource(type, category, Labels.NORMAL);
    }

    static Facts resource(String type, String category, Labels labels) {
        return resource(type, Tokens.of(Set.of(category)), labels, day("2026-03-01"));
    }

    static Facts resource(String type, Tokens categories, Labels labels, DataTime time, String... linksOut) {
        UUID id = UUID.nameUUIDFromBytes(
                (type + categories + labels + time + List.of(linksOut)).getBytes(StandardCharsets.UTF_8));
        return new Facts(
                type, id, null, null, null, categories, Tokens.ABSENT, Tokens.ABSENT, Set.of(linksOut), labels, time);
    }

    static Labels labels(Confidentiality level, String... sensitivities) {
        return new Labels(true, level, Set.of(sensitivities));
    }

    static DataTime day(String date) {
        Instant start = at(date + "T00:00:00+09:00");
        return DataTime.between(start, start.plusSeconds(86_400));
    }

    static DataTime days(String first, String last) {
        return DataTime.between(day(first).from(), day(last).to());
    }
}
