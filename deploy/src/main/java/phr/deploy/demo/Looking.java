package phr.deploy.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hanako reads who did what with her record. */
final class Looking {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

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
            scene.say(line(entry));
        }
        scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.get("audit-verify", "/audit/" + person + "/verify").purpose("PATRQT"));
    }

    private static String line(JsonNode entry) {
        String when = OffsetDateTime.parse(entry.path("at").asText())
                .atZoneSameInstant(JAPAN)
                .format(SECONDS);
        return "  %s  %-6s  %-8s  %-10s  %-24s  %-6s  %s"
                .formatted(
                        when,
                        entry.path("outcome").asText(),
                        entry.path("reason").asText(),
                        entry.path("action").asText(),
                        entry.path("interaction").asText(),
                        String.join(",", words(entry.path("purposes"))),
                        entry.path("organisationName").asText(entry.path("user").asText()))
                .stripTrailing();
    }

    private static List<String> words(JsonNode list) {
        List<String> words = new ArrayList<>();
        list.forEach(word -> words.add(word.asText()));
        return words;
    }
}
