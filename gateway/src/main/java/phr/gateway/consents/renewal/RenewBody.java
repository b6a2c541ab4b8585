package phr.gateway.consents.renewal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.Grantor;
import phr.consent.directive.State;
import phr.consent.directive.Window;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * A renewal: the same directive with a later end.
 *
 * @param validity {@code {end}}: date or dateTime with offset; the start stays
 * @param language of the policy text that was shown; Japanese when missing
 */
record RenewBody(
        @Schema(description = "{\"end\": date or dateTime with offset}") @Nullable
        JsonNode validity,

        @Nullable String language) {

    /**
     * The next version.
     *
     * @throws phr.fhir.failure.FailureException MALFORMED or INVALID, located; CONFLICT when it is neither in force nor expired
     */
    Directive of(Directive current, Instant now) {
        if (current.state() != State.ACTIVE && current.state() != State.EXPIRED) {
            throw Failure.of(Category.CONFLICT, "renewal", "only what is in force or has expired can be renewed")
                    .exception();
        }
        Window old =
                current.base().validity() == null ? Window.ANY : current.base().validity();
        Instant end = end(current);
        if (!end.isAfter(now) || old.until() == null || !end.isAfter(old.until())) {
            throw Failure.of(
                            Category.INVALID,
                            "renewal",
                            "must be later than the end so far, and than now",
                            "/validity/end")
                    .exception();
        }
        Instant start = current.state() == State.EXPIRED ? now : old.from();
        Directive next = current.withBase(current.base().withValidity(new Window(start, end)));
        return new Directive(
                "",
                1,
                State.ACTIVE,
                next.effect(),
                next.phase(),
                next.base(),
                next.exceptions(),
                next.conditions(),
                next.emergency(),
                Grantor.SELF);
    }

    private Instant end(Directive current) {
        ObjectNode period = JsonNodeFactory.instance.objectNode();
        period.put("effect", current.effect().name()).set("validity", validity);
        Window window = DirectiveReader.read(period).base().validity();
        if (window == null || window.until() == null) {
            throw Failure.of(Category.MALFORMED, "renewal", "is required", "/validity/end")
                    .exception();
        }
        if (window.from() != null) {
            throw Failure.of(Category.INVALID, "renewal", "the start stays as it is", "/validity/start")
                    .exception();
        }
        return window.until();
    }
}
