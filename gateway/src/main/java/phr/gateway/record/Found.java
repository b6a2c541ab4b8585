package phr.gateway.record;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.gateway.audit.Tally;

/**
 * An opened search on its way to the caller. Resources leave as they come from the store; a revocation in between ends the
 * stream without the end of the bundle.
 */
final class Found implements AutoCloseable {

    /** Makes the address of the page after a position. */
    interface NextPage {
        String after(Permit permit, Position position);
    }

    private final Permit permit;
    private final Visible visible;
    private final Results results;
    private final Tally tally;
    private final @Nullable Long total;
    private final Inclusions inclusions;

    /** @param tally counts every resource that leaves */
    Found(Permit permit, Visible visible, Results results, Tally tally, @Nullable Long total, Inclusions inclusions) {
        this.permit = permit;
        this.visible = visible;
        this.results = results;
        this.tally = tally;
        this.total = total;
        this.inclusions = inclusions;
        tally.later();
    }

    /** Writes the bundle and closes the results. */
    void writeTo(OutputStream out, String baseUrl, String self, NextPage next) throws IOException {
        try {
            bundle(out, baseUrl, self, next);
            tally.complete();
        } finally {
            tally.broken();
        }
    }

    private void bundle(OutputStream out, String baseUrl, String self, NextPage next) throws IOException {
        try (results) {
            OutputStream over = visible.buffered(out);
            SearchsetWriter bundle = new SearchsetWriter(over, baseUrl);
            bundle.begin("searchset", MayBeIncomplete.concerns(permit));
            if (total != null) {
                bundle.total(total);
            }
            String following = matches(bundle, next);
            inclusions.writeTo(bundle, permit, tally);
            bundle.end(self, following);
            Visible.finish(over);
        }
    }

    /** The connection is given back before others are asked for what is included. */
    private @Nullable String matches(SearchsetWriter bundle, NextPage next) throws IOException {
        Rendering rendering = new Rendering();
        while (results.hasNext()) {
            Entry entry = results.next();
            Optional<byte[]> json = rendering.render(entry);
            if (json.isPresent()) {
                tally.add(entry.type(), entry.id(), entry.version(), entry.categories(), entry.json());
                bundle.add(entry.type(), entry.id(), json.get(), "match");
                inclusions.match(entry, json.get());
            }
        }
        String following = results.continuation()
                .map(position -> next.after(permit, position))
                .orElse(null);
        results.close();
        return following;
    }

    /** Nothing was written, so nothing left. */
    @Override
    public void close() {
        results.close();
        tally.complete();
    }
}
