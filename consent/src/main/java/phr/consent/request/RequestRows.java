package phr.consent.request;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phr.consent.directive.CanonicalJson;
import phr.consent.directive.DirectiveWriter;
import phr.consent.ledger.Notice;
import phr.consent.ledger.Recorded;
import phr.fhir.PersonId;

/** Adds rows to the insert-only tables of requests and reads them back. */
@ApplicationScoped
class RequestRows {

    /** The newest of an organisation that are read at once. */
    private static final int PAGE = 500;

    /** A question; the person holds the lock. */
    void add(PersonId person, UUID id, Question question, Notice notice, Instant now, Instant expiresAt) {
        RequestRow row = new RequestRow();
        row.id = id;
        row.personId = person.value();
        row.requester = question.requester();
        row.requestedBy = question.requestedBy();
        row.body = CanonicalJson.text(DirectiveWriter.write(question.directive()));
        row.words = question.words();
        row.benefit = question.benefit();
        row.policyTextId = notice.id();
        row.policyTextVersion = notice.version();
        row.policyTextSha256 = notice.sha256().bytes();
        row.language = notice.language();
        row.expiresAt = expiresAt;
        row.recordedAt = now;
        row.persistAfter(RequestRow.last(person.value()));
    }

    /** An answer; the person holds the lock. */
    void add(
            ConsentRequest request,
            RequestStatus type,
            String actor,
            @Nullable String reason,
            @Nullable Recorded granted,
            Instant now) {
        AnswerRow row = new AnswerRow();
        row.requestId = request.id();
        row.personId = request.person().value();
        row.type = type.name();
        row.actor = actor;
        row.reason = reason;
        row.directiveId =
                granted == null ? null : UUID.fromString(granted.directive().id());
        row.directiveVersion = granted == null ? null : granted.directive().version();
        row.recordedAt = now;
        row.persistAfter(AnswerRow.last(row.personId));
    }

    /** Oldest first. */
    List<ConsentRequest> to(PersonId person, Instant now) {
        Map<UUID, AnswerRow> answers = byRequest(AnswerRow.ofPerson(person.value()));
        return RequestRow.ofPerson(person.value()).stream()
                .map(row -> request(row, answers.get(row.id), now))
                .toList();
    }

    /** Newest first. */
    List<ConsentRequest> by(String requester, @Nullable PersonId person, Instant now) {
        List<RequestRow> rows = person == null
                ? RequestRow.<RequestRow>find("requester = ?1 order by recordedAt desc, id desc", requester)
                        .page(0, PAGE)
                        .list()
                : RequestRow.list(
                        "requester = ?1 and personId = ?2 order by recordedAt desc, id desc",
                        requester,
                        person.value());
        List<UUID> ids = rows.stream().map(row -> row.id).toList();
        Map<UUID, AnswerRow> answers = byRequest(AnswerRow.list("requestId in ?1", ids));
        return rows.stream().map(row -> request(row, answers.get(row.id), now)).toList();
    }

    Optional<ConsentRequest> find(UUID id, Instant now) {
        return RequestRow.<RequestRow>findByIdOptional(id).map(row -> request(row, AnswerRow.findById(id), now));
    }

    boolean intact(PersonId person) {
        UUID id = person.value();
        return ChainedRow.intact(RequestRow.ofPerson(id))
                && ChainedRow.intact(AnswerRow.ofPerson(id))
                && ChainedRow.intact(BlockRow.ofPerson(id));
    }

    private static Map<UUID, AnswerRow> byRequest(List<AnswerRow> rows) {
        return rows.stream().collect(Collectors.toMap(row -> row.requestId, Function.identity()));
    }

    private static ConsentRequest request(RequestRow row, @Nullable AnswerRow answer, Instant now) {
        return row.at(now, answer == null ? null : answer.answer());
    }
}
