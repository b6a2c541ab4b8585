package phr.consent.directive;

import java.util.Set;

/** GA4GH Data Use Ontology, EBISPOT/DUO: the codes of seven digits in use (consent-semantics.md §7.3). */
public final class Duo {

    public static final String GENERAL = "0000042";
    public static final String HEALTH = "0000006";
    public static final String DISEASE = "0000007";
    public static final String ANCESTRY = "0000011";
    public static final String UNRESTRICTED = "0000004";

    /** What the research may be about; a permit holds at most one. */
    public static final Set<String> PERMISSIONS = Set.of(GENERAL, HEALTH, DISEASE, ANCESTRY, UNRESTRICTED);

    /** Promises and easements that a request need not answer: publish, return results, clinical care also allowed. */
    public static final Set<String> NO_LIMITS = Set.of("0000019", "0000029", "0000043");

    /** All codes that a permit may hold. */
    public static final Set<String> CODES = Set.of(
            GENERAL,
            HEALTH,
            DISEASE,
            ANCESTRY,
            UNRESTRICTED,
            "0000045",
            "0000046",
            "0000018",
            "0000020",
            "0000021",
            "0000022",
            "0000028",
            "0000027",
            "0000026",
            "0000025",
            "0000024",
            "0000019",
            "0000029",
            "0000012",
            "0000016",
            "0000015",
            "0000044",
            "0000043");

    private Duo() {}
}
