package phr.fhir.guide;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import phr.fhir.Fhir;

/**
 * The guide as FHIR NPM package: {@code package/package.json}, {@code package/.index.json} and the resources. The same guide gives
 * the same bytes; HAPI's own writer puts the time of day in.
 */
public final class PackageFile {

    private static final List<String> INDEXED =
            List.of("resourceType", "id", "url", "version", "kind", "type", "content");

    private PackageFile() {}

    /** @param args the file to write; the build calls it */
    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(file)) {
            write(out);
        }
    }

    /** Closes nothing. */
    public static void write(OutputStream out) throws IOException {
        GZIPOutputStream zipped = new GZIPOutputStream(out);
        Tar tar = new Tar(zipped);
        tar.file("package/package.json", bytes(manifest()));
        tar.file("package/.index.json", bytes(index()));
        for (Artefact artefact : Guide.artefacts()) {
            tar.file("package/" + artefact.fileName(), bytes(artefact.json()));
        }
        tar.end();
        zipped.finish();
    }

    private static ObjectNode manifest() {
        ObjectNode manifest = JsonNodeFactory.instance
                .objectNode()
                .put("name", Guide.PACKAGE)
                .put("version", Guide.VERSION)
                .put("tools-version", 3)
                .put("type", "fhir.ig")
                .put("license", "Apache-2.0")
                .put("canonical", Fhir.CANONICAL)
                .put("title", "PHR gateway")
                .put("description", "Profiles, terminology and search parameters of the PHR gateway.")
                .put("author", "PHR gateway");
        manifest.putArray("fhirVersions").add(Profiles.FHIR_VERSION);
        manifest.putObject("dependencies").put("hl7.fhir.r4.core", Profiles.FHIR_VERSION);
        return manifest;
    }

    private static ObjectNode index() {
        ObjectNode index = JsonNodeFactory.instance.objectNode().put("index-version", 2);
        ArrayNode files = index.putArray("files");
        for (Artefact artefact : Guide.artefacts()) {
            ObjectNode file = files.addObject().put("filename", artefact.fileName());
            INDEXED.stream()
                    .filter(name -> artefact.json().path(name).isTextual())
                    .forEach(name -> file.put(name, artefact.json().path(name).asText()));
        }
        return index;
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toPrettyString().replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8);
    }
}
