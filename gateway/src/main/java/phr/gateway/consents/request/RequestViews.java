package phr.gateway.consents.request;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.Party;
import phr.consent.directive.DirectiveWriter;
import phr.consent.ledger.ConsentLedger;
import phr.consent.ledger.Notice;
import phr.consent.request.Answer;
import phr.consent.request.ConsentRequest;
import phr.consent.request.ConsentRequests;
import phr.gateway.consents.ConsentAnswers.Finding;
import phr.gateway.consents.Registry;
import phr.gateway.consents.Summary;
import phr.gateway.people.Organisations;
import phr.gateway.people.People;

/** Requests as the person and as the organisation see them. */
@ApplicationScoped
class RequestViews {

    private final ConsentRequests requests;
    private final ConsentLedger ledger;
    private final Registry registry;
    private final Organisations organisations;
    private final People people;
    private final String service;

    RequestViews(
            ConsentRequests requests,
            ConsentLedger ledger,
            Registry registry,
            Organisations organisations,
            People people,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        this.requests = requests;
        this.ledger = ledger;
        this.registry = registry;
        this.organisations = organisations;
        this.people = people;
        this.service = baseUrl.replaceFirst("/fhir$", "");
    }

    /**
     * @param all requests to the person, to see what is asked twice
     * @param reader account of a proxy, to whom nobody else's words are shown; null: the person herself
     */
    RequestView toPerson(ConsentRequest request, List<ConsentRequest> all, @Nullable String reader) {
        List<Finding> warnings = requests.warnings(request, all, registry).stream()
                .map(Finding::of)
                .toList();
        Answer answer = request.answer();
        return new RequestView(
                request.id(),
                request.status().name(),
                null,
                requester(request.question().requester()),
                DirectiveWriter.write(request.directive()),
                Summary.of(request.directive(), registry::name),
                request.question().words(),
                request.question().benefit(),
                shown(request.notice()),
                request.recordedAt().toString(),
                request.expiresAt().toString(),
                warnings.isEmpty() ? null : warnings,
                answer == null ? null : answered(answer, words(answer, reader), null));
    }

    /** Without her words, and without anything of her other consents. */
    RequestView toRequester(ConsentRequest request) {
        Answer answer = request.answer();
        return new RequestView(
                request.id(),
                request.status().name(),
                people.pairwise(request.question().requester(), request.person())
                        .orElse(null),
                null,
                DirectiveWriter.write(request.directive()),
                null,
                request.question().words(),
                request.question().benefit(),
                shown(request.notice()),
                request.recordedAt().toString(),
                request.expiresAt().toString(),
                null,
                answer == null ? null : answered(answer, null, granted(request, answer)));
    }

    private static @Nullable String words(Answer answer, @Nullable String reader) {
        return reader == null || reader.equals(answer.actor()) ? answer.reason() : null;
    }

    private static RequestView.Answered answered(Answer answer, @Nullable String reason, @Nullable JsonNode granted) {
        return new RequestView.Answered(
                answer.type().name(), answer.at().toString(), reason, answer.directive(), answer.version(), granted);
    }

    private @Nullable JsonNode granted(ConsentRequest request, Answer answer) {
        return answer.directive() == null
                ? null
                : ledger.find(request.person(), answer.directive())
                        .map(permit -> DirectiveWriter.write(permit.directive()))
                        .orElse(null);
    }

    private RequestView.Requester requester(String id) {
        Party party = organisations.party(id).orElse(null);
        return new RequestView.Requester(
                id,
                organisations.name(id).orElse(null),
                party == null ? List.of() : List.copyOf(new TreeSet<>(party.classes())),
                party == null ? null : party.country());
    }

    private RequestView.Shown shown(Notice notice) {
        String path = "/policies/" + notice.id() + "/" + notice.version() + "/" + notice.language();
        return new RequestView.Shown(
                notice.id(),
                notice.version(),
                notice.language(),
                notice.sha256().hex(),
                service + path);
    }
}
