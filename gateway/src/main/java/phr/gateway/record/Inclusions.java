package phr.gateway.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.consent.Permit;
import phr.gateway.audit.Tally;

/**
 * What {@code _include} and {@code _revinclude} add to one page. Only ids are remembered, resources stream; each target is read
 * under the permit like any other, so a hidden one is not there.
 */
final class Inclusions {

    private final RecordStore store;
    private final Wanted wanted;
    private final Set<String> matches = new HashSet<>();
    private final Set<String> targets = new HashSet<>();

    Inclusions(RecordStore store, Wanted wanted) {
        this.store = store;
        this.wanted = wanted;
    }

    /** @param json as shown: what was taken out of it is not followed */
    void match(Entry entry, byte[] json) {
        if (!wanted.inclusions()) {
            return;
        }
        matches.add(entry.type() + "/" + entry.id());
        if (!wanted.include().isEmpty()) {
            JsonNode resource = StoredJson.parse(json);
            wanted.include().forEach(inclusion -> inclusion.follow(resource, targets::add));
        }
    }

    void writeTo(SearchsetWriter bundle, Permit permit, Tally tally) throws IOException {
        Set<String> written = new HashSet<>(matches);
        targets.removeAll(matches);
        if (!targets.isEmpty()) {
            write(bundle, permit, tally, Query.of(targets), List.of(), written);
        }
        for (Inclusion inclusion : wanted.revinclude()) {
            if (!matches.isEmpty()) {
                write(bundle, permit, tally, Query.referring(inclusion.type(), matches), List.of(inclusion), written);
            }
        }
    }

    private void write(
            SearchsetWriter bundle,
            Permit permit,
            Tally tally,
            Query query,
            List<Inclusion> through,
            Set<String> written)
            throws IOException {
        Rendering rendering = new Rendering();
        try (Results results = store.search(permit, query)) {
            while (results.hasNext()) {
                Entry entry = results.next();
                Optional<byte[]> json = rendering.render(entry);
                if (json.isPresent() && leads(json.get(), through) && written.add(entry.type() + "/" + entry.id())) {
                    tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
                    bundle.add(entry.type(), entry.id(), json.get(), "include");
                }
            }
        }
    }

    /** The store knows that it refers to a match, not through which element. */
    private boolean leads(byte[] json, List<Inclusion> through) {
        if (through.isEmpty()) {
            return true;
        }
        Set<String> references = new HashSet<>();
        JsonNode resource = StoredJson.parse(json);
        through.forEach(inclusion -> inclusion.follow(resource, references::add));
        return references.stream().anyMatch(matches::contains);
    }
}
