package phr.gateway.ledgers;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import phr.consent.authority.RecordedAuthority;
import phr.fhir.PersonId;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.audit.Chains;
import phr.gateway.caller.Caller;
import phr.gateway.pages.Language;
import phr.gateway.pages.Page;
import phr.gateway.people.Principal;

/** Hands out a ledger in the form that is asked for, and logs that it was handed out. */
@Singleton
class Disclosure {

    private final Chains chains;
    private final AccessLog log;

    Disclosure(Chains chains, AccessLog log) {
        this.chains = chains;
        this.log = log;
    }

    private interface Form {
        LedgerWriter on(OutputStream out) throws IOException;
    }

    Response of(Ledger ledger, Principal principal, Caller caller, HttpHeaders headers, Language language) {
        PersonId person = principal.person();
        boolean any = any(ledger, person);
        log.append(demanded(ledger, principal, caller, any));
        return answer(ledger, principal, headers, language)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT + ", " + HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    private Response.ResponseBuilder answer(
            Ledger ledger, Principal principal, HttpHeaders headers, Language language) {
        for (MediaType wanted : headers.getAcceptableMediaTypes()) {
            if (wanted.getSubtype().equals("csv")) {
                String file = (ledger.provisions() ? "provisions" : "receipts") + ".csv";
                return Response.ok(stream(ledger, principal, out -> new CsvLedger(out, ledger, language)))
                        .type(CsvLedger.MEDIA_TYPE)
                        .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"");
            }
            if (wanted.getSubtype().equals("html")) {
                return Page.answer(stream(ledger, principal, out -> new HtmlLedger(out, ledger, language)), language);
            }
            if (wanted.isCompatible(MediaType.APPLICATION_JSON_TYPE)) {
                break;
            }
        }
        return Response.ok(
                stream(ledger, principal, out -> new JsonLedger(out, ledger)), MediaType.APPLICATION_JSON_TYPE);
    }

    private StreamingOutput stream(Ledger ledger, Principal principal, Form form) {
        return out -> {
            LedgerWriter writer = form.on(out);
            writer.begin();
            writer.end(write(ledger, principal, writer));
        };
    }

    /** A guardian reads nothing about what the young person decides alone (§11). */
    private boolean write(Ledger ledger, Principal principal, LedgerWriter writer) {
        PersonId person = principal.person();
        boolean[] any = new boolean[1];
        Folding folding = new Folding(record -> {
            if (!Collections.disjoint(record.categories().keySet(), principal.closed())) {
                return;
            }
            any[0] = true;
            try {
                writer.add(record);
            } catch (IOException e) {
                throw new UncheckedIOException("the answer cannot be written", e);
            }
        });
        chains.reading(connection -> {
            ledger.kind().each(connection, person, ledger.begin(), ledger.end(), folding);
            folding.close();
            return person;
        });
        return any[0];
    }

    private boolean any(Ledger ledger, PersonId person) {
        return chains.reading(connection -> ledger.kind().any(connection, person, ledger.begin(), ledger.end()));
    }

    private static AccessEvent demanded(Ledger ledger, Principal principal, Caller caller, boolean any) {
        RecordedAuthority authority = principal.authority();
        boolean self = authority == null;
        String which = ledger.provisions() ? "provisions" : "receipts";
        return new AccessEvent(
                principal.person(),
                null,
                caller.client(),
                self ? AccessEvent.SELF : AccessEvent.PROXY,
                "ledger",
                any ? which : which + ": no data",
                List.of(),
                AccessEvent.Outcome.PERMIT,
                self ? "SELF" : "AUTHORITY",
                authority == null ? List.of() : List.of("Authority/" + authority.id()));
    }
}
