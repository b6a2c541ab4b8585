package phr.consent.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;

/**
 * What an organisation wants to ask a person.
 *
 * @param requester id of the organisation, without {@code Organization/}
 * @param requestedBy account that asks
 * @param directive the permit it wishes, without id
 * @param words of the organisation, plain text of at most {@value #LONGEST} characters
 * @param benefit what it offers in return, as {@code words}
 * @param language of the policy text to be shown
 * @param expiresAt null: after the usual time
 */
public record Question(
        String requester,
        String requestedBy,
        Directive directive,
        @Nullable String words,
        @Nullable String benefit,
        String language,
        @Nullable Instant expiresAt) {

    static final int LONGEST = 2000;
}
