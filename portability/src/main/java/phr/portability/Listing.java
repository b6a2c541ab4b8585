package phr.portability;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phr.portability.json.JsonObject;

/** The {@code files[]}, {@code counts} and {@code omissions[]} of {@code package.json} while the package grows. */
final class Listing {

    private final Map<String, JsonObject> files = new TreeMap<>();
    private final Map<String, Integer> byType = new TreeMap<>();
    private final Map<String, Integer> byYear = new TreeMap<>();
    private final Map<String, Integer> byCategory = new TreeMap<>();
    private final Map<String, String> profiles = new TreeMap<>();
    private final List<JsonObject> omissions = new ArrayList<>();
    private long samples;

    /** Counts a line of {@code data/fhir} or {@code data/provenance}. */
    void count(JsonObject resource) {
        byType.merge(resource.string("resourceType").orElse(""), 1, Integer::sum);
        byYear.merge(EffectiveTime.year(EffectiveTime.of(resource)), 1, Integer::sum);
        JsonObject meta = resource.object("meta").orElseGet(JsonObject::new);
        meta.objects("tag").stream()
                .filter(tag -> Names.CATEGORY_SYSTEM.equals(tag.string("system").orElse("")))
                .forEach(tag -> byCategory.merge(tag.string("code").orElse(""), 1, Integer::sum));
        meta.strings("profile").forEach(profile -> {
            int bar = profile.indexOf('|');
            profiles.put(bar < 0 ? profile : profile.substring(0, bar), bar < 0 ? "" : profile.substring(bar + 1));
        });
        samples += sampled(resource);
        resource.objects("component").forEach(component -> samples += sampled(component));
    }

    /** Describes a payload file; size and digest come from the spool. */
    JsonObject file(String path, String role, String mediaType) {
        JsonObject file = new JsonObject().put("path", path).put("role", role).put("mediaType", mediaType);
        files.put(path, file);
        return file;
    }

    void part(Parts.Part part, String role) {
        JsonObject file = file(part.path, role, "application/fhir+ndjson")
                .put("resourceType", part.type)
                .put("count", part.count);
        time(file, "firstEffective", part.first);
        time(file, "lastEffective", part.last);
    }

    void omission(String what, int count, String why) {
        omissions.add(new JsonObject().put("what", what).put("count", count).put("why", why));
    }

    List<JsonObject> omissions() {
        return omissions;
    }

    /** All payload files of the spool, each with size and digest. */
    List<JsonObject> files(Spool spool) {
        List<JsonObject> all = new ArrayList<>();
        files.forEach(
                (path, file) -> all.add(file.put("bytes", spool.facts(path).size())
                        .put("sha256", spool.facts(path).sha256().hex())));
        return all;
    }

    JsonObject counts() {
        return new JsonObject()
                .put("byType", numbers(byType))
                .put("byYear", numbers(byYear))
                .put("byCategory", numbers(byCategory))
                .put("samples", samples);
    }

    List<JsonObject> profiles() {
        List<JsonObject> all = new ArrayList<>();
        profiles.forEach((canonical, version) ->
                all.add(new JsonObject().put("canonical", canonical).put("version", version)));
        return all;
    }

    private static void time(JsonObject file, String name, @Nullable String value) {
        if (value != null) {
            file.put(name, value);
        }
    }

    private static long sampled(JsonObject valued) {
        return valued.object("valueSampledData")
                .flatMap(data -> data.string("data"))
                .map(data -> (long) data.strip().split("\\s+").length)
                .orElse(0L);
    }

    private static JsonObject numbers(Map<String, Integer> counts) {
        JsonObject json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }
}
