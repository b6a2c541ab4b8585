package phr.fhir.facts;

import java.util.HashSet;
import java.util.Set;

/**
 * Security labels of a resource.
 *
 * @param labelled false until a rule or person has labelled it; an unlabelled resource counts as restricted
 * @param confidentiality R when unlabelled
 * @param sensitivities bare v3-ActCode codes ({@code HIV}), or {@code system|code} for codes of other systems
 */
public record Labels(boolean labelled, Confidentiality confidentiality, Set<String> sensitivities) {

    /** System of the sensitivity codes that stand without one. */
    public static final String SENSITIVITY_SYSTEM = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    public static final Labels UNLABELLED = new Labels(false, Confidentiality.R, Set.of());
    public static final Labels NORMAL = new Labels(true, Confidentiality.N, Set.of());

    /** Raised by anything: where a fold begins. */
    static final Labels LEAST = new Labels(true, Confidentiality.U, Set.of());

    public Labels {
        sensitivities = Set.copyOf(sensitivities);
    }

    /** The strictest confidentiality and all sensitivities of both; unlabelled stays unlabelled. */
    public Labels raisedBy(Labels other) {
        if (!labelled || !other.labelled) {
            return UNLABELLED;
        }
        Set<String> union = new HashSet<>(sensitivities);
        union.addAll(other.sensitivities);
        boolean stricter = confidentiality.atMost(other.confidentiality);
        return new Labels(true, stricter ? other.confidentiality : confidentiality, union);
    }
}
