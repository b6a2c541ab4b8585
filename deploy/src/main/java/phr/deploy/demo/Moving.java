package phr.deploy.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hanako takes her record away and brings it to another provider. */
final class Moving {

    private static final Pattern FILE_NAME = Pattern.compile("filename=\"?([A-Za-z0-9._-]+)\"?");

    private final Scene scene;

    Moving(Scene scene) {
        this.scene = scene;
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "7",
                        "She exports her record as an SPHR package; sha256sum and the signature hold",
                        this::export),
                new Step("8", "Provider B imports it: same counts, same hashes; again changes nothing", this::move));
    }

    private void export() throws Exception {
        Answer answer = scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.post("export", "/transfer/" + scene.id("hanako") + "/export")
                        .purpose("PATRQT")
                        .json("{\"reason\":\"user-export\"}"));
        Matcher name = FILE_NAME.matcher(answer.headers().getOrDefault("content-disposition", ""));
        if (answer.status() != 200 || !name.find()) {
            throw new JourneyException("the export answered " + answer.status() + " and named no file");
        }
        Path file = scene.file(name.group(1));
        Files.write(file, answer.body());
        scene.remember("package", file.toString());
        check(file);
    }

    /** With nothing of the product: unzip, sha256sum, and a JOSE library. */
    private void check(Path file) throws Exception {
        PackageCheck check = PackageCheck.unpack(file, scene.file("unpacked"));
        ObjectNode found = Answer.JSON.createObjectNode();
        found.put("folders", check.folders());
        for (String manifest : List.of("manifest-sha256.txt", "tagmanifest-sha256.txt")) {
            PackageCheck.Sums sums = check.sums(manifest);
            found.put(manifest, sums.good());
            found.put("files in " + manifest, sums.files());
            scene.say("\n$ cd " + check.folder() + " && sha256sum -c " + manifest);
            scene.say("  " + sums.files() + " files, " + (sums.good() ? "all OK" : "NOT all OK"));
        }
        found.put("signature", check.signature(URI.create(scene.a().keys())));
        found.put(
                "changed manifest",
                check.signatureOfChangedManifest(URI.create(scene.a().keys())));
        scene.say("\nsignature.jws (ES256, detached) over tagmanifest-sha256.txt, keys from "
                + scene.a().keys());
        scene.say("  " + found.path("signature").asText());
        scene.conclude("package", found);
    }

    private void move() {
        Path file = Path.of(scene.id("package"));
        Answer account = scene.call(Visitor.HANAKO, scene.b(), Request.post("account-b", "/people"));
        String person = account.text("/id");
        scene.call(Visitor.HANAKO, scene.b(), transfer("import", person).file("application/zip", file));
        scene.call(
                Visitor.HANAKO,
                scene.a(),
                Request.get("inventory-a", "/transfer/" + scene.id("hanako") + "/inventory")
                        .purpose("PATRQT"));
        scene.call(Visitor.HANAKO, scene.b(), inventory("inventory-b", person));
        scene.say("\nThe same package once more:");
        scene.call(Visitor.HANAKO, scene.b(), transfer("import-again", person).file("application/zip", file));
        scene.call(Visitor.HANAKO, scene.b(), inventory("inventory-b-again", person));
    }

    private static Request transfer(String key, String person) {
        return Request.post(key, "/transfer/" + person + "/import").purpose("PATRQT");
    }

    private static Request inventory(String key, String person) {
        return Request.get(key, "/transfer/" + person + "/inventory").purpose("PATRQT");
    }
}
