package phr.gateway.emergency;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.Issue;
import phr.gateway.emergency.EmergencySession.Reason;

/**
 * What a user says to break the glass, or to renew.
 *
 * @param patient id by which the organisation knows the person; not of a renewal
 * @param text free text of 10 to 2,000 characters
 * @param identityMethod how it was made sure who the person is; not of a renewal
 */
record SessionBody(
        @Nullable String patient,
        @Nullable String reason,
        @Nullable String text,
        @Nullable String identityMethod) {

    private static final int SHORTEST = 10;
    private static final int LONGEST = 2_000;

    private static final Set<String> METHODS =
            Set.of("DOCUMENT", "INSURANCE_CARD", "FAMILY", "BIOMETRIC", "WRISTBAND", "KNOWN_PATIENT", "OTHER");

    /** @throws phr.fhir.failure.FailureException INVALID with one located issue per fault */
    Reason checkOpening() {
        List<Issue> issues = new ArrayList<>();
        if (patient == null || patient.isBlank()) {
            issues.add(issue("an emergency is of one patient", "/patient"));
        }
        if (identityMethod == null || !METHODS.contains(identityMethod)) {
            issues.add(issue(
                    "how the identity was checked: " + METHODS.stream().sorted().toList(), "/identityMethod"));
        }
        return check(issues);
    }

    /** @throws phr.fhir.failure.FailureException INVALID with one located issue per fault */
    Reason checkRenewal() {
        List<Issue> issues = new ArrayList<>();
        if (patient != null) {
            issues.add(issue("a renewal is of the same patient", "/patient"));
        }
        if (identityMethod != null) {
            issues.add(issue("a renewal is of the same patient", "/identityMethod"));
        }
        return check(issues);
    }

    /** Checked before. */
    String statement() {
        return text == null ? "" : text.strip();
    }

    private Reason check(List<Issue> issues) {
        String statement = statement();
        int length = statement.codePointCount(0, statement.length());
        if (length < SHORTEST || length > LONGEST) {
            issues.add(issue("a statement of 10 to 2,000 characters is required", "/text"));
        }
        for (Reason known : Reason.values()) {
            if (known.name().equals(reason) && issues.isEmpty()) {
                return known;
            }
        }
        if (reason == null
                || List.of(Reason.values()).stream()
                        .noneMatch(known -> known.name().equals(reason))) {
            issues.add(issue("the reason is UNCONSCIOUS, LIFE_THREAT or CONSENT_IMPOSSIBLE", "/reason"));
        }
        throw new Failure(Category.INVALID, issues).exception();
    }

    private static Issue issue(String text, String where) {
        return Issue.error(Category.INVALID.issueCode(), "emergency", text, where);
    }
}
