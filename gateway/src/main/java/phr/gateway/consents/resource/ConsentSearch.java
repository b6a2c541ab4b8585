package phr.gateway.consents.resource;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.consent.fhir.ConsentWriter;
import phr.consent.ledger.Recorded;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;

/**
 * The parameters of a search for Consents.
 *
 * @param patient id, null when not named
 * @param statuses R4 codes; empty = every status
 */
record ConsentSearch(@Nullable String patient, Set<String> statuses, int count) {

    private static final int MOST = 1000;
    private static final Set<String> STATUSES =
            Set.of("draft", "proposed", "active", "rejected", "inactive", "entered-in-error");
    private static final Set<String> FORMATS = Set.of("json", "application/json", "application/fhir+json");

    /** @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter */
    static ConsentSearch parse(Map<String, List<String>> query) {
        String patient = null;
        Set<String> statuses = Set.of();
        int count = 50;
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            String name = parameter.getKey();
            List<String> values = parameter.getValue();
            if (values.size() != 1 || values.get(0).isBlank()) {
                throw refuse("required", "SRCH-3", "exactly one value required", name);
            }
            String value = values.get(0);
            switch (name) {
                case "patient", "patient:Patient" -> patient = value.replaceFirst("^Patient/", "");
                case "status" -> statuses = statuses(value);
                case "_count" -> count = count(value);
                case "_format" -> format(value);
                default -> throw refuse("not-supported", "SRCH-1", "parameter or modifier not supported", name);
            }
        }
        return new ConsentSearch(patient, statuses, count);
    }

    boolean matches(Recorded recorded) {
        return statuses.isEmpty()
                || statuses.contains(ConsentWriter.status(recorded.directive().state()));
    }

    private static Set<String> statuses(String value) {
        Set<String> asked =
                Set.copyOf(Arrays.asList(value.split(",")).stream().distinct().toList());
        if (!STATUSES.containsAll(asked)) {
            throw refuse("invalid", "SRCH-2", "codes of consent-state-codes expected", "status");
        }
        return asked;
    }

    private static int count(String value) {
        if (!value.matches("\\d{1,4}") || Integer.parseInt(value) > MOST) {
            throw refuse("invalid", "SRCH-2", "a number from 0 to " + MOST + " expected", "_count");
        }
        return Integer.parseInt(value);
    }

    private static void format(String value) {
        if (!FORMATS.contains(value.replace(' ', '+'))) {
            throw refuse("invalid", "SRCH-2", "only application/fhir+json is spoken here", "_format");
        }
    }

    private static RuntimeException refuse(String code, String rule, String text, String name) {
        String shown = name.matches("[A-Za-z_$][A-Za-z_:.$-]{0,39}") ? "http." + name : "http";
        return new Failure(Category.MALFORMED, List.of(Issue.error(code, rule, text, shown))).exception();
    }
}
