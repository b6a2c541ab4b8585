package phr.fhir.facts;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;

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

    /** The v3-ActCode sensitivity codes in use (§6). */
    public static final Set<String> SENSITIVITIES = Set.of(
            "ETH",
            "ETHUD",
            "OPIOIDUD",
            "SUD",
            "PSY",
            "PSYTHPN",
            "MH",
            "BH",
            "COGN",
            "DVD",
            "HIV",
            "STD",
            "SEX",
            "GDIS",
            "SDV",
            "VIO",
            "LOCIS",
            "DEMO",
            "PRS");

    /** System of the label of what waits in quarantine: a state here, so what a source says of it does not count. */
    public static final String QUARANTINE_SYSTEM = Fhir.CANONICAL + "/CodeSystem/quarantine";

    /** Full validation found an error: no recipient gets the resource until it is released. */
    public static final String QUARANTINED = QUARANTINE_SYSTEM + "|quarantined";

    public static final Labels UNLABELLED = new Labels(false, Confidentiality.R, Set.of());
    public static final Labels NORMAL = new Labels(true, Confidentiality.N, Set.of());

    /** Raised by anything: where a fold begins. */
    public static final Labels LEAST = new Labels(true, Confidentiality.U, Set.of());

    public Labels {
        sensitivities = Set.copyOf(sensitivities);
    }

    /** The strictest confidentiality and all sensitivities of both; unlabelled stays unlabelled, never below R. */
    public Labels raisedBy(Labels other) {
        if (!labelled || !other.labelled) {
            Confidentiality level = stricter(stricter(confidentiality, other.confidentiality), Confidentiality.R);
            return new Labels(false, level, Set.of());
        }
        Set<String> union = new HashSet<>(sensitivities);
        union.addAll(other.sensitivities);
        return new Labels(true, stricter(confidentiality, other.confidentiality), union);
    }

    /**
     * With what people added (consent-semantics.md §6.1).
     *
     * @param added unlabelled when only a proxy added, who cannot settle what nobody has labelled
     * @param least what a person must at least give an unlabelled resource
     */
    public Labels with(@Nullable Labels added, Labels least) {
        if (added == null) {
            return this;
        }
        Labels settled = new Labels(true, added.confidentiality, added.sensitivities);
        if (labelled) {
            return raisedBy(settled);
        }
        boolean confirmed = added.labelled;
        return confirmed ? least.raisedBy(settled) : raisedBy(settled);
    }

    public boolean inQuarantine() {
        return sensitivities.contains(QUARANTINED);
    }

    /** The same with or without the label of the quarantine, which settles nothing else. */
    public Labels inQuarantine(boolean now) {
        if (now == inQuarantine()) {
            return this;
        }
        Set<String> codes = new HashSet<>(sensitivities);
        if (now) {
            codes.add(QUARANTINED);
        } else {
            codes.remove(QUARANTINED);
        }
        return new Labels(labelled, confidentiality, codes);
    }

    private static Confidentiality stricter(Confidentiality one, Confidentiality other) {
        return one.atMost(other) ? other : one;
    }
}
