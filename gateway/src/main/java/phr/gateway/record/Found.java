package phr.gateway.record;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;

/**
 * An opened search on its way to the caller. Resources leave as they come from the store; a revocation in between ends the
 * stream without the end of the bundle.
 */
final class Found implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    /** Makes the address of the page after a position. */
    interface NextPage {
        String after(Permit permit, Position position);
    }

    private final Permit permit;
    private final Visible visible;
    private final Results results;

    Found(Permit permit, Visible visible, Results results) {
        this.permit = permit;
        this.visible = visible;
        this.results = results;
    }

    /** Writes the bundle and closes the results. */
    void writeTo(OutputStream out, String baseUrl, String self, NextPage next) throws IOException {
        try (results) {
            OutputStream over = visible.over(new BufferedOutputStream(out, BUFFER));
            SearchsetWriter bundle = new SearchsetWriter(over, baseUrl);
            bundle.begin();
            Rendering rendering = new Rendering();
            while (results.hasNext()) {
                Entry entry = results.next();
                Optional<byte[]> json = rendering.render(entry);
                if (json.isPresent()) {
                    bundle.add(entry.type(), entry.id(), json.get());
                }
            }
            bundle.end(self, nextPage(next));
            Visible.finish(over);
        }
    }

    private @Nullable String nextPage(NextPage next) {
        return results.continuation()
                .map(position -> next.after(permit, position))
                .orElse(null);
    }

    @Override
    public void close() {
        results.close();
    }
}
