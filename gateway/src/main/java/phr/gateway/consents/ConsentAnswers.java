package phr.gateway.consents;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.DirectiveWriter;
import phr.consent.ledger.Event;
import phr.consent.ledger.Recorded;
import phr.fhir.failure.Issue;

/** Directives as the person gets them back. */
@Singleton
public class ConsentAnswers {

    /**
     * @param directive native form (consent-semantics.md §16.4)
     * @param events oldest first
     * @param lint findings that did not refuse it
     * @param receipt canonical JSON (§16.5), only when asked for
     * @param receiptSignature detached JWS over its bytes
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Answer(
            JsonNode directive,
            List<Happened> events,
            @Nullable List<Finding> lint,
            @JsonRawValue @Nullable String receipt,
            @Nullable String receiptSignature) {}

    /** One event of a directive. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Happened(
            String type, int version, String at, @Nullable String reason) {

        static Happened of(Event event) {
            return new Happened(
                    event.type().name(), event.version(), event.recordedAt().toString(), event.reason());
        }
    }

    /** One finding of the lint (§17.4). */
    public record Finding(String id, String level, String text) {

        public static Finding of(Issue issue) {
            String level = issue.severity().name().toLowerCase(Locale.ROOT);
            return new Finding(issue.rule(), level.equals("information") ? "notice" : level, issue.text());
        }
    }

    private final IssuedReceipts receipts;

    ConsentAnswers(IssuedReceipts receipts) {
        this.receipts = receipts;
    }

    public List<Answer> list(List<Recorded> directives) {
        return directives.stream().map(this::one).toList();
    }

    public Answer one(Recorded recorded) {
        return new Answer(
                DirectiveWriter.write(recorded.directive()),
                recorded.events().stream().map(Happened::of).toList(),
                findings(recorded),
                null,
                null);
    }

    /** The receipt stands there byte for byte as it was signed. */
    public Answer withReceipt(Recorded recorded) {
        Answer plain = one(recorded);
        IssuedReceipts.Issued receipt = receipts.of(recorded);
        return new Answer(plain.directive(), plain.events(), plain.lint(), receipt.json(), receipt.signature());
    }

    private static @Nullable List<Finding> findings(Recorded recorded) {
        return recorded.warnings().isEmpty()
                ? null
                : recorded.warnings().stream().map(Finding::of).toList();
    }
}
