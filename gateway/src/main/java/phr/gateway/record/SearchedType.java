package phr.gateway.record;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Types that can be searched, with their parameters. All are searched within the record of one person. */
enum SearchedType {
    COVERAGE("Coverage", Set.of("patient", "beneficiary"), null, "identifier", "status", "type"),
    DOCUMENT_REFERENCE(
            "DocumentReference",
            Set.of("patient", "subject"),
            "period the document is about, else its date",
            "category",
            "contenttype",
            "format",
            "identifier",
            "status",
            "type"),
    ENCOUNTER(
            "Encounter",
            Set.of("patient", "subject"),
            "period of the encounter",
            "class",
            "identifier",
            "status",
            "type"),
    OBSERVATION(
            "Observation",
            Set.of("patient", "subject"),
            "clinical date of the observation",
            "category",
            "code",
            "combo-code",
            "component-code",
            "data-absent-reason",
            "identifier",
            "method",
            "status",
            "value-concept"),
    PROVENANCE("Provenance", Set.of("patient"), null);

    /** The types of the endpoint's path. */
    static final String PATHS = "Coverage|DocumentReference|Encounter|Observation|Provenance";

    private final String type;
    private final Set<String> people;
    private final @Nullable String dateMeaning;
    private final Set<String> tokens;

    SearchedType(String type, Set<String> people, @Nullable String dateMeaning, String... tokens) {
        this.type = type;
        this.people = Set.copyOf(people);
        this.dateMeaning = dateMeaning;
        this.tokens = Set.of(tokens);
    }

    /** FHIR name of the type. */
    String type() {
        return type;
    }

    /** Names of the parameters that say whose record; exactly one is required. */
    Set<String> people() {
        return new TreeSet<>(people);
    }

    /** What {@code date} compares; null when the type has no such parameter. */
    @Nullable
    String dateMeaning() {
        return dateMeaning;
    }

    /** Name of the parameter that compares its value; null when it has none. */
    @Nullable
    String quantity() {
        return this == OBSERVATION ? "value-quantity" : null;
    }

    /** Names of its token parameters. */
    Set<String> tokens() {
        return tokens;
    }

    static Optional<SearchedType> of(String type) {
        return Stream.of(values()).filter(known -> known.type.equals(type)).findFirst();
    }
}
