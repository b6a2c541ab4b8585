package phr.consent.fhir;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;

/**
 * What was understood of one Consent.
 *
 * @param patient as written: reference, or {@code system|value}; null when the Consent names nobody and so says nothing
 * @param directives the root first, the further ones in document order
 */
public record Imported(@Nullable String patient, List<Directive> directives, List<Finding> findings) {

    public Imported {
        directives = List.copyOf(directives);
        findings = List.copyOf(findings);
    }
}
