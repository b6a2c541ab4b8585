package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Hanako reads who did what with her record. */
final class Looking {

    private final Scene scene;

    Looking(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(
                new Step("9", "She reads her own access log: who, when, what, why, also the refusals", this::log));
    }

    private void log() {
        String person = scene.id("hanako");
        Answer answer = scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.get("audit", "/audit/" + person + "?_count=100").purpose("PATRQT"));
        scene.say("");
        for (JsonNode entry : answer.json()) {
            scene.say("  %-20.20s  %-16.16s  %-12.12s  %-22.22s  %-8.8s  %-7.7s %s"
                    .formatted(
                            entry.path("at").asText(),
                            entry.path("organisationName")
                                    .asText(entry.path("user").asText("")),
                            entry.path("action").asText(),
                            entry.path("interaction").asText(),
                            String.join(",", words(entry.path("purposes"))),
                            entry.path("outcome").asText(),
                            entry.path("reason").asText()));
        }
        scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.get("audit-verify", "/audit/" + person + "/verify").purpose("PATRQT"));
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
