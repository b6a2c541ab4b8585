package phr.consent.directive;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;

/** Reads the native form of a directive (consent-semantics.md §16.4), strictly. */
public final class DirectiveReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final Set<String> FIELDS = Set.of(
            "id",
            "version",
            "state",
            "effect",
            "phase",
            "grantees",
            "purposes",
            "actions",
            "selectors",
            "labels",
            "countries",
            "dataPeriod",
            "validity",
            "exceptions",
            "conditions",
            "emergency",
            "grantor");

    private static final Set<String> EXCEPTION_FIELDS = Set.of(
            "effect", "grantees", "purposes", "actions", "selectors", "labels", "countries", "dataPeriod", "validity");

    private final List<Issue> problems = new ArrayList<>();

    private DirectiveReader() {}

    /**
     * Reads one directive.
     *
     * @throws FailureException MALFORMED with one issue per problem, each located by a JSON pointer (or by line for what is no
     *     JSON): unknown field, wrong type, unknown value, time without offset, reversed period
     */
    public static Directive read(byte[] json) {
        try {
            return read(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw notJson(e);
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory are read", e);
        }
    }

    /** As {@link #read(byte[])}, of a tree. */
    public static Directive read(JsonNode json) {
        DirectiveReader reader = new DirectiveReader();
        Directive directive = reader.directive(Fields.of(json, "", FIELDS, reader.problems));
        if (!reader.problems.isEmpty()) {
            throw new Failure(Category.MALFORMED, reader.problems).exception();
        }
        return directive;
    }

    private static FailureException notJson(JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        return Failure.of(Category.MALFORMED, "DIRECTIVE", "is no JSON, or names a field twice", "line " + line)
                .exception();
    }

    private Directive directive(Fields fields) {
        Effect effect = effect(fields);
        ElementsReader elements = new ElementsReader(effect);
        Integer version = fields.positive("version");
        State state = fields.choice("state", State.values(), State::name);
        String id = fields.text("id");
        return new Directive(
                id == null ? "" : id,
                version == null ? 1 : version,
                state == null ? State.ACTIVE : state,
                effect,
                fields.choice("phase", Phase.values(), Phase::name),
                elements.read(fields),
                exceptions(fields),
                conditions(fields),
                fields.choice("emergency", Emergency.values(), Emergency::code),
                grantor(fields));
    }

    private static Effect effect(Fields fields) {
        if (!fields.has("effect")) {
            fields.problem("is required", "effect");
        }
        Effect effect = fields.choice("effect", Effect.values(), Effect::name);
        return effect == null ? Effect.DENY : effect;
    }

    private static List<ExceptionClause> exceptions(Fields fields) {
        return fields.objects("exceptions", EXCEPTION_FIELDS, true).stream()
                .map(exception -> {
                    Effect effect = effect(exception);
                    return new ExceptionClause(effect, new ElementsReader(effect).read(exception));
                })
                .toList();
    }

    private static List<Condition> conditions(Fields fields) {
        return fields
                .objects("conditions", Set.of("code", "unit", "functions", "k", "n", "instant", "terms"), true)
                .stream()
                .map(DirectiveReader::condition)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private static @Nullable Condition condition(Fields fields) {
        Condition.Code code = fields.choice("code", Condition.Code.values(), Condition.Code::name);
        if (code == null) {
            if (!fields.has("code")) {
                fields.problem("is required", "code");
            }
            return null;
        }
        Set<String> allowed = parameters(code);
        for (String parameter : List.of("unit", "functions", "k", "n", "instant", "terms")) {
            if (fields.has(parameter) != allowed.contains(parameter) && !(code == Condition.Code.POPULATION_ONLY)) {
                fields.problem(fields.has(parameter) ? "does not belong to this condition" : "is required", parameter);
            }
        }
        Set<String> functions = fields.texts("functions", Set.of("mean", "min", "max", "sum", "count")::contains);
        Integer number = fields.positive(code == Condition.Code.MAX_FREQUENCY ? "n" : "k");
        return new Condition(
                code,
                unit(fields),
                functions == null ? Set.of() : functions,
                number,
                fields.time("instant", Times::start),
                terms(fields.object("terms", Duo.CODES)));
    }

    private static Set<String> parameters(Condition.Code code) {
        return switch (code) {
            case AGGREGATE_ONLY -> Set.of("unit", "functions");
            case POPULATION_ONLY -> Set.of("k");
            case MAX_FREQUENCY -> Set.of("n", "unit");
            case ERASE_BY -> Set.of("instant");
            case RESEARCH -> Set.of("terms");
            case NO_ONWARD, NO_STORE -> Set.of();
        };
    }

    private static Map<String, String> terms(@Nullable Fields fields) {
        Map<String, String> terms = new TreeMap<>();
        if (fields != null) {
            Duo.CODES.stream().filter(fields::has).forEach(code -> terms.put(code, fields.word(code)));
            if (terms.keySet().stream().filter(Duo.PERMISSIONS::contains).count() > 1) {
                fields.problem("has more than one permission term", "");
            }
        }
        return terms;
    }

    private static @Nullable String unit(Fields fields) {
        String unit = fields.text("unit");
        if (unit != null && !Set.of("DAY", "WEEK", "MONTH").contains(unit)) {
            fields.problem("is none of the allowed values", "unit");
        }
        return unit;
    }

    private static Grantor grantor(Fields fields) {
        Fields grantor = fields.object("grantor", Set.of("capacity", "authority"));
        if (grantor == null) {
            return Grantor.SELF;
        }
        Grantor.Capacity capacity = grantor.choice("capacity", Grantor.Capacity.values(), Grantor.Capacity::name);
        if (!grantor.has("capacity")) {
            grantor.problem("is required", "capacity");
        }
        return new Grantor(capacity == null ? Grantor.Capacity.SELF : capacity, authority(grantor));
    }

    private static @Nullable UUID authority(Fields grantor) {
        String authority = grantor.text("authority");
        try {
            return authority == null ? null : UUID.fromString(authority);
        } catch (IllegalArgumentException e) {
            grantor.problem("must be a UUID", "authority");
            return null;
        }
    }
}
