package phr.portability;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Findings;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;
import phr.portability.json.NdjsonLines;

/** Directives of the earlier provider: denies act at once, permits wait for the person (phr-package.md §8.6). */
final class TravellingConsents {

    private static final int LONGEST = 8 << 20;

    private final VerifiedPackage pack;
    private final Incoming incoming;
    private final RecordSink sink;
    private final Findings findings;

    TravellingConsents(VerifiedPackage pack, Incoming incoming, RecordSink sink, Findings findings) {
        this.pack = pack;
        this.incoming = incoming;
        this.sink = sink;
        this.findings = findings;
    }

    void read(Tally tally) throws IOException {
        if (!pack.folder().has(Names.DIRECTIVES)) {
            return;
        }
        Map<String, Integer> latest = new HashMap<>();
        each((directive, number) -> latest.merge(id(directive), version(directive), Math::max));
        each((directive, number) -> {
            if (id(directive).isEmpty() || directive.string("effect").isEmpty()) {
                findings.issue(
                        Issue.error("structure", "PKG-DIRECTIVE", "a directive lacks id or effect", "line " + number)
                                .in(Names.DIRECTIVES));
                return;
            }
            boolean current = latest.getOrDefault(id(directive), 0) == version(directive);
            hand(directive, current);
            tally.directives++;
        });
    }

    private void hand(JsonObject directive, boolean current) {
        String effect = directive.string("effect").orElse("").toUpperCase(Locale.ROOT);
        String state = directive.string("state").orElse("ACTIVE");
        RecordSink.Arrival arrival = current ? arrival(effect, state) : RecordSink.Arrival.HISTORY;
        incoming.localiseDirective(directive);
        sink.directive(
                new TravellingDirective(
                        id(directive), version(directive), effect, state, null, null, Json.write(directive)),
                arrival,
                pack.base());
    }

    /** Denies keep acting while frozen or suspended (consent-semantics.md §10.1). */
    private static RecordSink.Arrival arrival(String effect, String state) {
        return switch (state) {
            case "ACTIVE" -> effect.equals("DENY") ? RecordSink.Arrival.ACTIVE : RecordSink.Arrival.PENDING_RECONSENT;
            case "PENDING_RECONSENT" -> RecordSink.Arrival.PENDING_RECONSENT;
            case "FROZEN", "SUSPENDED" ->
                effect.equals("DENY") ? RecordSink.Arrival.ACTIVE : RecordSink.Arrival.HISTORY;
            default -> RecordSink.Arrival.HISTORY;
        };
    }

    private void each(PackageScan.Step step) throws IOException {
        try (NdjsonLines lines =
                new NdjsonLines(pack.folder().content(Names.DIRECTIVES).open(), LONGEST)) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                try {
                    step.take(Json.parse(line), lines.number());
                } catch (MalformedJsonException e) {
                    findings.issue(
                            Issue.error("structure", "PKG-LINE", "a line is no JSON object", "line " + lines.number())
                                    .in(Names.DIRECTIVES));
                }
            }
        }
    }

    private static String id(JsonObject directive) {
        return directive.string("id").orElse("");
    }

    private static int version(JsonObject directive) {
        return directive.number("version").map(Long::intValue).orElse(1);
    }
}
