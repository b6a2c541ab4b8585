package phr.gateway.race;

import io.restassured.path.json.JsonPath;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The Observations of a record as the person reads them, page by page. */
record Stored(Set<String> times, Set<String> ids, Set<String> versions) {

    static Stored of(Node node, Supplier<String> token, String person) {
        Stored all = new Stored(new TreeSet<>(), new HashSet<>(), new TreeSet<>());
        String page = "/fhir/Observation?_count=1000&patient=" + person;
        while (page != null) {
            page = all.read(JsonPath.from(node.get(page, token.get(), "PATRQT").body()));
        }
        return all;
    }

    /** Null while the database is away. */
    static @Nullable Integer count(Node node, Supplier<String> token, String person) {
        Node.Answer answer = node.get("/fhir/Observation?_summary=count&patient=" + person, token.get(), "PATRQT");
        return answer.status() == 503 ? null : JsonPath.from(answer.body()).getInt("total");
    }

    private @Nullable String read(JsonPath bundle) {
        List<String> starts = bundle.getList("entry.resource.effectiveDateTime");
        starts.forEach(time -> times.add(OffsetDateTime.parse(time).toInstant().toString()));
        ids.addAll(bundle.getList("entry.resource.id"));
        versions.addAll(bundle.getList("entry.resource.meta.versionId"));
        String next = bundle.getString("link.find { it.relation == 'next' }?.url");
        return next == null ? null : next.substring(next.indexOf("/fhir/"));
    }
}
