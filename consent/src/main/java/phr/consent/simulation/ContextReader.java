package phr.consent.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.Action;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.Elements;
import phr.consent.directive.Fields;
import phr.consent.directive.Times;
import phr.consent.directive.Window;
import phr.consent.emergency.EmergencyGround;
import phr.consent.fhir.KnownPolicy;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;
import phr.consent.lifecourse.LifeEvent;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Reads {@code context} (consent-semantics.md §16.4), strictly. */
final class ContextReader {

    private static final String AT = "/context";
    private static final Set<String> FIELDS =
            Set.of("subject", "policies", "authorities", "emergencies", "importsConfirmed", "labelling");
    private static final Set<String> CATEGORIES =
            Arrays.stream(PhrCategory.values()).map(PhrCategory::code).collect(Collectors.toSet());

    private enum Labelling {
        AS_GIVEN,
        APPLY
    }

    private final JsonNode json;
    private final Fields fields;
    private final Asked asked;
    private final References references;
    private final List<Issue> problems;

    private ContextReader(JsonNode json, Asked asked, References references, List<Issue> problems) {
        this.json = json;
        this.fields = Fields.of(json, AT, FIELDS, problems);
        this.asked = asked;
        this.references = references;
        this.problems = problems;
    }

    static Context read(JsonNode body, Asked asked, References references, List<Issue> problems) {
        JsonNode context = body.path("context");
        return context.isMissingNode()
                ? Context.NOTHING
                : new ContextReader(context, asked, references, problems).context();
    }

    private Context context() {
        Fields subject = fields.object("subject", Set.of("reference", "birthDate", "birthDateVerified", "events"));
        Labelling labelling = fields.choice("labelling", Labelling.values(), Labelling::name);
        boolean confirmed = fields.flag("importsConfirmed");
        return new Context(
                subject == null ? null : subject.text("reference"),
                subject == null ? null : life(subject),
                policies(),
                authorities(),
                emergencies(),
                fields.has("importsConfirmed") ? confirmed : null,
                labelling == Labelling.APPLY);
    }

    private Life life(Fields subject) {
        List<LifeEvent> events = new ArrayList<>();
        for (Fields event : subject.objects("events", Set.of("type", "effectiveAt", "verified"), true)) {
            required(event, "type", "effectiveAt", "verified");
            LifeEvent.Type type = event.choice("type", LifeEvent.Type.values(), LifeEvent.Type::name);
            Instant at = event.time("effectiveAt", Times::start);
            boolean verified = event.flag("verified");
            if (type != null && at != null) {
                events.add(new LifeEvent(type, at, verified, at));
            }
        }
        return new Life(birthDate(subject), subject.flag("birthDateVerified"), events);
    }

    private static @Nullable LocalDate birthDate(Fields subject) {
        String written = subject.text("birthDate");
        try {
            return written == null ? null : LocalDate.parse(written);
        } catch (DateTimeException e) {
            subject.problem("must be a date", "birthDate");
            return null;
        }
    }

    private List<KnownPolicy> policies() {
        List<KnownPolicy> policies = new ArrayList<>();
        List<Fields> list = fields.objects("policies", Set.of("uri", "grantees", "purposes", "actions"), true);
        for (int i = 0; i < list.size(); i++) {
            String uri = list.get(i).requiredText("uri");
            Elements fixed = elements(json.path("policies").path(i), AT + "/policies/" + i);
            policies.add(new KnownPolicy(
                    uri,
                    fixed.grantees() == null ? Set.of() : fixed.grantees(),
                    fixed.purposes() == null ? Set.of() : fixed.purposes(),
                    fixed.actions() == null ? Set.of() : fixed.actions()));
        }
        return policies;
    }

    /** What a policy fixes reads like the elements of a directive. */
    private Elements elements(JsonNode policy, String at) {
        ObjectNode like = JsonNodeFactory.instance.objectNode().put("effect", "PERMIT");
        for (String name : List.of("grantees", "purposes", "actions")) {
            if (policy.path(name).isArray() && !policy.path(name).isEmpty()) {
                like.set(name, policy.get(name));
            } else if (policy.has(name) && !policy.path(name).isArray()) {
                problems.add(Body.problem("must be a list", at + "/" + name));
            }
        }
        try {
            return DirectiveReader.read(like).base();
        } catch (FailureException e) {
            e.failure()
                    .issues()
                    .forEach(issue -> problems.add(
                            Body.problem(issue.text(), at + issue.expressions().get(0))));
            return Elements.NONE;
        }
    }

    private List<Authority> authorities() {
        List<Authority> authorities = new ArrayList<>();
        Set<String> names = Set.of("id", "holder", "kind", "state", "validity", "scope");
        List<Fields> list = fields.objects("authorities", names, true);
        for (int i = 0; i < list.size(); i++) {
            Fields authority = list.get(i);
            required(authority, "id", "holder", "kind", "state", "scope");
            String id = authority.text("id");
            String holder = authority.text("holder");
            Authority.Kind kind = authority.choice("kind", Authority.Kind.values(), Authority.Kind::name);
            Authority.State state = authority.choice("state", Authority.State.values(), Authority.State::name);
            Window validity = window(authority);
            Authority.Scope scope = scope(authority, json.path("authorities").path(i));
            if (id != null && holder != null && kind != null && state != null) {
                authorities.add(new Authority(
                        references.authority(id).toString(),
                        holder,
                        kind,
                        state,
                        validity,
                        Authority.Activation.AT_ONCE,
                        scope));
            }
        }
        return authorities;
    }

    private static Window window(Fields owner) {
        Fields window = owner.object("validity", Set.of("start", "end"));
        return window == null
                ? Window.ANY
                : new Window(window.time("start", Times::start), window.time("end", Times::end));
    }

    private Authority.Scope scope(Fields authority, JsonNode json) {
        Fields scope = authority.object("scope", Set.of("categories", "purposes", "actions", "mayGrant"));
        if (scope == null) {
            return new Authority.Scope(Set.of(), Set.of(), Set.of(), false);
        }
        Set<String> actions = listOrAll(scope, "actions", code -> action(code) != null);
        return new Authority.Scope(
                listOrAll(scope, "categories", CATEGORIES::contains),
                listOrAll(scope, "purposes", code -> true),
                actions == null
                        ? null
                        : Arrays.stream(Action.values())
                                .filter(action -> actions.contains(action.code()))
                                .collect(Collectors.toSet()),
                scope.flag("mayGrant"));
    }

    /** Null for ALL, also when nothing is said. */
    private static @Nullable Set<String> listOrAll(Fields scope, String name, Predicate<String> allowed) {
        return scope.is(name, "ALL") || !scope.has(name)
                ? null
                : new LinkedHashSet<>(java.util.Objects.requireNonNullElse(scope.texts(name, allowed, true), Set.of()));
    }

    private static @Nullable Action action(String code) {
        return Arrays.stream(Action.values())
                .filter(action -> action.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    /** A session that names no user is that of the user who asks. */
    private List<EmergencyGround> emergencies() {
        List<EmergencyGround> grounds = new ArrayList<>();
        Set<String> names = Set.of("kind", "user", "openedAt", "closesAt", "step");
        for (Fields ground : fields.objects("emergencies", names, true)) {
            required(ground, "kind", "openedAt", "closesAt");
            EmergencyGround.Kind kind =
                    ground.choice("kind", EmergencyGround.Kind.values(), EmergencyGround.Kind::name);
            Instant opened = ground.time("openedAt", Times::start);
            Instant closes = ground.time("closesAt", Times::start);
            EmergencyGround.Step step =
                    ground.choice("step", EmergencyGround.Step.values(), EmergencyGround.Step::name);
            String user = ground.text("user");
            if (kind != null && opened != null && closes != null) {
                grounds.add(new EmergencyGround(
                        kind,
                        user == null && kind == EmergencyGround.Kind.BTG
                                ? asked.user().id()
                                : user,
                        null,
                        opened,
                        closes,
                        step == null ? EmergencyGround.Step.SUMMARY : step));
            }
        }
        return grounds;
    }

    private static void required(Fields fields, String... names) {
        for (String name : names) {
            if (!fields.has(name)) {
                fields.problem("is required", name);
            }
        }
    }
}
