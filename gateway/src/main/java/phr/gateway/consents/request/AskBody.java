package phr.gateway.consents.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.request.Question;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.gateway.caller.Caller;

/**
 * A question as an organisation writes it.
 *
 * @param patient the id by which the organisation knows the person
 * @param directive the permit it wishes, native form (consent-semantics.md §16.4)
 * @param text why it asks, in plain words
 * @param benefit what the person gets in return (§7.2)
 * @param language of the policy text to be shown; Japanese when missing
 * @param expiresAt dateTime with offset; 14 days from now when missing
 */
record AskBody(
        @Nullable String patient,
        @Schema(description = "native directive") @Nullable JsonNode directive,
        @Nullable String text,
        @Nullable String benefit,
        @Nullable String language,
        @Nullable String expiresAt) {

    /** @throws phr.fhir.failure.FailureException MALFORMED, located */
    Question question(String organisation, Caller caller) {
        return new Question(
                organisation,
                caller.subject(),
                wished(),
                text,
                benefit,
                language == null ? "ja" : language,
                expiresAt == null ? null : instant(expiresAt));
    }

    String known() {
        if (patient == null) {
            throw malformed("is required", "/patient");
        }
        return patient;
    }

    private Directive wished() {
        if (directive == null) {
            throw malformed("is required", "/directive");
        }
        return DirectiveReader.read(directive);
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw malformed("must be a dateTime with offset", "/expiresAt");
        }
    }

    private static RuntimeException malformed(String text, String pointer) {
        return Failure.of(Category.MALFORMED, "request", text, pointer).exception();
    }
}
