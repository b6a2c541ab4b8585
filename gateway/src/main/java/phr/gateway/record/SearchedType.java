package phr.gateway.record;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Types that can be searched, with the token parameters of each. All know {@code patient}, {@code subject} and {@code date}. */
enum SearchedType {
    OBSERVATION("Observation", "clinical date of the observation", "category", "code"),
    DOCUMENT_REFERENCE("DocumentReference", "period the document is about, else its date", "category", "type");

    private final String type;
    private final String dateMeaning;
    private final Set<String> tokens;

    SearchedType(String type, String dateMeaning, String... tokens) {
        this.type = type;
        this.dateMeaning = dateMeaning;
        this.tokens = Set.of(tokens);
    }

    /** FHIR name of the type. */
    String type() {
        return type;
    }

    /** What {@code date} compares, for the CapabilityStatement. */
    String dateMeaning() {
        return dateMeaning;
    }

    /** Names of its token parameters. */
    Set<String> tokens() {
        return tokens;
    }

    static Optional<SearchedType> of(String type) {
        return Stream.of(values()).filter(known -> known.type.equals(type)).findFirst();
    }
}
