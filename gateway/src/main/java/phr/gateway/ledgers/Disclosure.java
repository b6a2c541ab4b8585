package phr.gateway.ledgers;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import phr.consent.authority.RecordedAuthority;
import phr.fhir.PersonId;
import phr.gateway.audit.AccessEvent;
import phr.gateway.audit.AccessLog;
import phr.gateway.audit.AccessRecord;
import phr.gateway.audit.Chains;
import phr.gateway.audit.Discretion;
import phr.gateway.audit.Discretions;
import phr.gateway.caller.Caller;
import phr.gateway.pages.Language;
import phr.gateway.pages.Page;
import phr.gateway.people.Principal;

/** Hands out a ledger in the form that is asked for, and logs that it was handed out. */
@Singleton
class Disclosure {

    private final Chains chains;
    private final AccessLog log;

    private final Discretions discretions;

    Disclosure(Chains chains, AccessLog log, Discretions discretions) {
        this.chains = chains;
        this.log = log;
        this.discretions = discretions;
    }

    private interface Form {
        LedgerWriter on(OutputStream out) throws IOException;
    }

    Response of(Ledger ledger, Principal principal, Caller caller, HttpHeaders headers, Language language) {
        boolean any = any(ledger, principal);
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
        boolean[] any = new boolean[1];
        Folding folding = new Folding(record -> {
            any[0] = true;
            try {
                writer.add(record);
            } catch (IOException e) {
                throw new UncheckedIOException("the answer cannot be written", e);
            }
        });
        each(ledger, principal, folding);
        folding.close();
        return any[0];
    }

    private boolean any(Ledger ledger, Principal principal) {
        PersonId person = principal.person();
        if (!principal.decidesAlone()) {
            return chains.reading(connection -> ledger.kind().any(connection, person, ledger.begin(), ledger.end()));
        }
        boolean[] any = new boolean[1];
        each(ledger, principal, access -> any[0] = true);
        return any[0];
    }

    private void each(Ledger ledger, Principal principal, Consumer<AccessRecord> accesses) {
        Discretion discretion = discretions.of(principal);
        chains.reading(connection -> {
            ledger.kind().each(connection, principal.person(), ledger.begin(), ledger.end(), access -> discretion
                    .shown(access)
                    .ifPresent(accesses));
            return principal;
        });
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
