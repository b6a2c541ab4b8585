package phr.deploy.demo;

import java.util.List;

/** Hanako becomes known, and her files come in. */
final class Arriving {

    private final Scene scene;

    Arriving(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "0",
                        "Who is who: a clinic is registered, Hanako opens her account and names her clinic",
                        this::meet),
                new Step("1", "Hanako uploads her 特定健診 as she got it: a ZIP with ix08 and DATA/h….xml", this::checkup),
                new Step("2", "She uploads a week of home blood pressure and of steps", this::lifelog));
    }

    private void meet() {
        scene.call(
                Visitor.OPERATOR,
                scene.a(),
                Request.put("clinic", "/organisations/sakura-clinic").json("""
                                {"name":"さくらクリニック","classes":["medical-institution"],"country":"JP",
                                 "clients":[{"id":"sakura-viewer","processor":true}]}"""));
        scene.call(
                Visitor.OPERATOR,
                scene.a(),
                Request.put("stranger", "/organisations/midori-clinic").json("""
                                {"name":"みどりクリニック","classes":["medical-institution"],"country":"JP",
                                 "clients":[{"id":"midori-viewer","processor":true}]}"""));
        Answer account = scene.call(Visitor.HANAKO, scene.a(), Request.post("account", "/people"));
        scene.remember("hanako", account.text("/id"));
        scene.say("\nThe clinic gets an id of its own for her; another organisation would get another one.");
        Answer introduction = scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.post("introduction", "/people/" + scene.id("hanako") + "/introductions")
                        .json("{\"organisation\":\"sakura-clinic\"}"));
        scene.remember("patient", introduction.text("/patient"));
    }

    private void checkup() {
        upload("checkup", "application/zip", "checkup.zip");
    }

    private void lifelog() {
        upload("blood-pressure", "application/json", "blood-pressure.json");
        upload("steps", "application/json", "steps.json");
    }

    private void upload(String key, String type, String file) {
        scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.post(key, "/ingest/" + scene.id("hanako"))
                        .purpose("PATRQT")
                        .file(type, scene.file(file)));
    }
}
