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

    /** How many there are. Asks again while the database is away, for a minute at most. */
    static int count(Node node, Supplier<String> token, String person) throws InterruptedException {
        String path = "/fhir/Observation?_summary=count&patient=" + person;
        Node.Answer answer = Node.whenUp(() -> node.get(path, token.get(), "PATRQT"));
        return JsonPath.from(answer.body()).getInt("total");
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
