package phr.consent.simulation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.emergency.EmergencyGround;
import phr.consent.engine.Circumstances;
import phr.consent.fhir.KnownPolicy;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.Life;

/**
 * What a body knows beside Consents and request (consent-semantics.md §16.4, {@code context}).
 *
 * @param subject to whom directives and life belong, as written; null = to every person
 * @param life null = life-stage rules are not applied
 * @param importsConfirmed null when not said; then they count as confirmed
 * @param apply the label tables run first
 */
record Context(
        @Nullable String subject,
        @Nullable Life life,
        List<KnownPolicy> policies,
        List<Authority> authorities,
        List<EmergencyGround> emergencies,
        @Nullable Boolean importsConfirmed,
        boolean apply) {

    static final Context NOTHING = new Context(null, null, List.of(), List.of(), List.of(), null, false);

    boolean confirmed() {
        return importsConfirmed == null || importsConfirmed;
    }

    /** What bears on decisions about this person. */
    Circumstances about(String person) {
        if (subject != null && !subject.equals(person)) {
            return Circumstances.NONE;
        }
        return Circumstances.NONE.withLife(life).withAuthorities(authorities).withEmergencies(emergencies);
    }
}
