package phr.gateway.record;

import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import phr.consent.Permit;
import phr.gateway.access.Ask;
import phr.gateway.access.RecordAccess;
import phr.gateway.audit.Tally;

/** What searches have in common: open under a permit, stream a page, continue behind a cursor. */
@Singleton
final class RecordReader {

    private final RecordAccess access;
    private final RecordStore store;
    private final Cursor cursors;
    private final String baseUrl;

    RecordReader(
            RecordAccess access,
            RecordStore store,
            Cursor cursors,
            @ConfigProperty(name = "phr.provider.base-url") String baseUrl) {
        this.access = access;
        this.store = store;
        this.cursors = cursors;
        this.baseUrl = baseUrl;
    }

    /**
     * One page of a search.
     *
     * @param http a HEAD is answered without a body, so nothing may stay open for it
     * @param cursor as the caller sent it
     * @param wanted what comes beside the matches
     * @param query makes the query for a position
     * @param address relative address of the same search at a cursor, or from the beginning for null
     */
    Response search(
            Request http,
            Ask ask,
            @Nullable String cursor,
            Wanted wanted,
            Function<@Nullable Position, Query> query,
            Function<@Nullable String, String> address) {
        String search = address.apply(null);
        Found found = access.perform(ask, (permit, tally) -> open(permit, tally, search, cursor, wanted, query));
        if (http.getMethod().equals(HttpMethod.HEAD)) {
            found.close();
            return Response.ok().type(FhirMedia.JSON).build();
        }
        String self = address.apply(cursor);
        StreamingOutput bundle = out -> found.writeTo(
                out, baseUrl, self, (permit, position) -> address.apply(cursors.write(permit, search, position)));
        return Response.ok(bundle, FhirMedia.JSON).build();
    }

    private Found open(
            Permit permit,
            Tally tally,
            String search,
            @Nullable String cursor,
            Wanted wanted,
            Function<@Nullable Position, Query> query) {
        if (cursor != null) {
            tally.continues();
        }
        Position after = cursor == null ? null : cursors.read(permit, search, cursor);
        Visible visible = Visible.of(permit, access.patientId(permit));
        Query page = query.apply(after);
        Long total = wanted.total() ? store.count(permit, page) : null;
        Results results = wanted.resources() ? store.search(permit, page) : Results.NONE;
        return new Found(permit, visible, results, tally, total, new Inclusions(store, wanted));
    }
}
