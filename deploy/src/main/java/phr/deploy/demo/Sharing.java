package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;

/** The clinic asks; Hanako grants and revokes. */
final class Sharing {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private final Scene scene;
    private final Clock clock;

    Sharing(Scene scene, Clock clock) {
        this.scene = scene;
        this.clock = clock;
    }

    List<Step> steps() {
        return List.of(
                new Step("3", "Her clinic asks and is refused: there is no consent", this::refused),
                new Step(
                        "4", "She grants the clinic checkup and vital signs, for treatment, for one year", this::grant),
                new Step("5", "The clinic reads exactly that, and nothing else", this::read),
                new Step("6", "She revokes; the clinic's very next read is refused", this::revoke));
    }

    private void refused() {
        scene.call(Visitor.DOCTOR, scene.a(), clinic("refused", "Observation", "&_count=5"));
    }

    private void grant() {
        LocalDate today = LocalDate.now(clock.withZone(JAPAN));
        Answer granted = scene.call(
                Visitor.HANAKO, scene.a(), Request.post("grant", "/consents").json("""
                                {"effect":"PERMIT","phase":"LIFE",
                                 "grantees":[{"kind":"ORGANISATION","id":"Organization/sakura-clinic"}],
                                 "purposes":["TREAT"],"actions":["read"],"countries":["JP"],
                                 "selectors":[{"category":["checkup-specific","lifelog-vitals"]}],
                                 "labels":{"max":"N","sensitivities":[]},
                                 "dataPeriod":"ANY",
                                 "validity":{"start":"%s","end":"%s"},
                                 "grantor":{"capacity":"SELF"}}""".formatted(
                                today, today.plusYears(1))));
        scene.remember("consent", granted.text("/directive/id"));
    }

    private void read() {
        scene.call(
                Visitor.DOCTOR, scene.a(), clinic("clinic-pressure", "Observation", "&category=vital-signs&_count=2"));
        scene.say("\nNot granted, so not there: her steps, her original files.");
        scene.call(Visitor.DOCTOR, scene.a(), clinic("clinic-steps", "Observation", "&category=activity"));
        scene.call(Visitor.DOCTOR, scene.a(), clinic("clinic-originals", "DocumentReference", ""));
        scene.say("\nAnother clinic, which she never introduced, finds nobody.");
        scene.call(Visitor.STRANGER, scene.a(), clinic("stranger-read", "Observation", ""));
        compare();
    }

    /** Compares in full, page by page, what she sees and what the clinic sees. */
    private void compare() {
        ArrayNode hers = all(Visitor.HANAKO, scene.id("hanako"), "PATRQT");
        ArrayNode shown = all(Visitor.DOCTOR, scene.id("patient"), "TREAT");
        Sight sight = Sight.of(hers, shown);
        ObjectNode document = sight.document();
        document.put("ownIdTold", shown.toString().contains(scene.id("hanako")));
        scene.conclude("sight", document);
        scene.say(
                "\nObservations in her record: %d. Not granted: %d of steps, %d restricted or not labelled yet. Seen by the clinic: %d."
                        .formatted(
                                sight.hers().size(),
                                sight.steps().size(),
                                sight.restricted().size(),
                                sight.seen().size()));
    }

    private ArrayNode all(Visitor visitor, String patient, String purpose) {
        ArrayNode found = Answer.JSON.createArrayNode();
        String path = "/fhir/Observation?patient=" + patient + "&_count=100";
        while (!path.isEmpty()) {
            JsonNode page = scene.send(
                            visitor, scene.a(), Request.get("page", path).purpose(purpose))
                    .json();
            page.path("entry").forEach(entry -> {
                JsonNode resource = entry.path("resource");
                if (resource.path("resourceType").asText().equals("Observation")) {
                    found.add(resource);
                }
            });
            path = next(page);
        }
        return found;
    }

    /** The way to the next page (FHIR R4 3.1.1.4), as path below the origin; empty on the last page. */
    private String next(JsonNode page) {
        for (JsonNode link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                String url = link.path("url").asText();
                return url.substring(url.indexOf("/fhir/"));
            }
        }
        return "";
    }

    private void revoke() {
        scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.post("revoke", "/consents/" + scene.id("consent") + "/$revoke")
                        .json("{}"));
        scene.call(Visitor.DOCTOR, scene.a(), clinic("after-revocation", "Observation", "&_count=5"));
    }

    private Request clinic(String key, String type, String more) {
        return Request.get(key, "/fhir/" + type + "?patient=" + scene.id("patient") + more)
                .purpose("TREAT");
    }
}
