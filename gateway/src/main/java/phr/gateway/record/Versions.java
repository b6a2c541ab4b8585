package phr.gateway.record;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import phr.consent.Permit;
import phr.gateway.audit.Tally;

/** An opened history on its way to the caller, with at least one version. */
final class Versions implements AutoCloseable {

    private final Permit permit;
    private final Visible visible;
    private final Results results;
    private final Tally tally;

    private Versions(Permit permit, Visible visible, Results results, Tally tally) {
        this.permit = permit;
        this.visible = visible;
        this.results = results;
        this.tally = tally;
        tally.later();
    }

    /** @throws phr.fhir.failure.FailureException NOT_FOUND when there is no version to show; the results are closed then */
    static Versions of(Permit permit, Visible visible, Results results, Tally tally) {
        boolean any = false;
        try {
            any = results.hasNext();
        } finally {
            if (!any) {
                results.close();
            }
        }
        if (!any) {
            throw Unknown.resource();
        }
        return new Versions(permit, visible, results, tally);
    }

    /** Writes the bundle and closes the results. */
    void writeTo(OutputStream out, String baseUrl, String self) throws IOException {
        try {
            bundle(out, baseUrl, self);
            tally.complete();
        } finally {
            tally.broken();
        }
    }

    private void bundle(OutputStream out, String baseUrl, String self) throws IOException {
        try (results) {
            OutputStream over = visible.buffered(out);
            SearchsetWriter bundle = new SearchsetWriter(over, baseUrl);
            bundle.begin("history", MayBeIncomplete.concerns(permit));
            Rendering rendering = new Rendering();
            while (results.hasNext()) {
                Entry version = results.next();
                Optional<byte[]> json = version.deleted() ? Optional.of(version.json()) : rendering.render(version);
                if (json.isPresent()) {
                    tally.add(version.type(), version.id(), version.version(), version.categories(), version.json());
                    bundle.version(version, json.get());
                }
            }
            bundle.end(self, null);
            Visible.finish(over);
        }
    }

    /** Nothing was written, so nothing left. */
    @Override
    public void close() {
        results.close();
        tally.complete();
    }
}
