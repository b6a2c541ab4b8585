package phr.consent.authority;

import org.jspecify.annotations.Nullable;
import phr.consent.directive.Window;
import phr.consent.lifecourse.Authority;
import phr.fhir.PersonId;

/**
 * An authority that somebody claims or gives.
 *
 * @param person over whom
 * @param holder null: who accepts the code
 */
public record Claim(
        PersonId person,
        @Nullable PersonId holder,
        Authority.Kind kind,
        Authority.Activation activation,
        Authority.Scope scope,
        Window validity) {}
