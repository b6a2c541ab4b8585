package phr.gateway.record;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.echeckup.ECheckupForm;

/**
 * Parameters of {@code Composition/[id]/$document}. {@code profile} is the name that the IPS guide has in {@code $summary} for the form
 * of a document.
 *
 * @param echeckup the eCheckup form; else the resources as they are stored
 */
record DocumentParameters(boolean echeckup) {

    static final String PROFILE = "profile";
    static final String PERSIST = "persist";

    private static final Set<String> KNOWN = Set.of(PROFILE, PERSIST, "_format");

    /** @throws phr.fhir.failure.FailureException MALFORMED, located at the parameter */
    static DocumentParameters parse(Map<String, List<String>> query) {
        query.keySet().stream().filter(name -> !KNOWN.contains(name)).sorted().forEach(name -> {
            throw BadParameter.unknown(name);
        });
        SearchParameters.format(query);
        String persist = SearchParameters.single(query, PERSIST);
        if (persist != null && !persist.equals("false")) {
            throw BadParameter.malformed(PERSIST, "false expected: documents are made, never kept");
        }
        return new DocumentParameters(echeckup(SearchParameters.single(query, PROFILE)));
    }

    private static boolean echeckup(@Nullable String profile) {
        if (profile != null && !profile.equals(ECheckupForm.PROFILE)) {
            throw BadParameter.malformed(PROFILE, ECheckupForm.PROFILE + " or nothing expected");
        }
        return profile != null;
    }
}
