package phr.gateway.transfer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveWriter;
import phr.consent.directive.Window;
import phr.consent.ledger.Event;
import phr.consent.ledger.Recorded;
import phr.portability.ConsentFile;
import phr.portability.TravellingDirective;

/** The directives of a person on their way out: all versions, with what happened to them (phr-package.md §6.4). */
final class TravellingConsents implements RecordOut.Consents {

    private static final Comparator<TravellingDirective> ORDER =
            Comparator.comparing(TravellingDirective::id).thenComparing(TravellingDirective::version);

    private final List<Recorded> history;

    /** @param history every version in the ledger */
    TravellingConsents(List<Recorded> history) {
        this.history = List.copyOf(history);
    }

    @Override
    public Iterator<TravellingDirective> directives() {
        return history.stream().map(TravellingConsents::of).sorted(ORDER).iterator();
    }

    @Override
    public Iterator<byte[]> fhir() {
        return Collections.emptyIterator();
    }

    @Override
    public Iterator<ConsentFile> files() {
        return Collections.emptyIterator();
    }

    private static TravellingDirective of(Recorded recorded) {
        Directive directive = recorded.directive();
        Window validity = directive.base().validity();
        return new TravellingDirective(
                directive.id(),
                directive.version(),
                directive.effect().name(),
                directive.state().name(),
                validity == null ? null : validity.from(),
                validity == null ? null : validity.until(),
                json(recorded).toString().getBytes(StandardCharsets.UTF_8));
    }

    private static ObjectNode json(Recorded recorded) {
        ObjectNode json = DirectiveWriter.write(recorded.directive());
        ArrayNode events = json.putArray("events");
        for (Event event : recorded.events()) {
            events.addObject()
                    .put("version", event.version())
                    .put("seq", event.seq())
                    .put("type", event.type().name())
                    .put("recordedAt", event.recordedAt().toString());
        }
        return json;
    }
}
