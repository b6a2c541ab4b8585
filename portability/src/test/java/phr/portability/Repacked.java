package phr.portability;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import phr.fhir.Sha256;
import phr.portability.bag.Manifest;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.ProviderKey;

/** A container taken apart, changed and put together again: what an attacker or a careless service does. */
final class Repacked {

    final Map<String, byte[]> files = new LinkedHashMap<>();

    static Repacked of(byte[] container) throws IOException {
        Repacked repacked = new Repacked();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(container), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                repacked.files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return repacked;
    }

    /** Name of the one service folder, with final slash. */
    String folder() {
        String first = files.keySet().iterator().next();
        return first.substring(0, first.indexOf('/') + 1);
    }

    /** Full name of the first file whose path in the folder begins so. */
    String find(String path) {
        return files.keySet().stream()
                .filter(name -> name.startsWith(folder() + path))
                .findFirst()
                .orElseThrow(NoSuchElementException::new);
    }

    String text(String path) {
        byte[] content = files.get(folder() + path);
        if (content == null) {
            throw new NoSuchElementException(path);
        }
        return new String(content, StandardCharsets.UTF_8);
    }

    Repacked put(String path, String content) {
        files.put(folder() + path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Makes bag and signature fit again, as an insider with the key would. */
    Repacked resealed(ProviderKey key) {
        Manifest payload = new Manifest();
        Manifest tags = new Manifest();
        long bytes = 0;
        int count = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            String path = file.getKey().substring(folder().length());
            if (path.startsWith("data/")) {
                payload.add(path, Sha256.of(file.getValue()));
                bytes += file.getValue().length;
                count++;
            }
        }
        put(
                "bag-info.txt",
                text("bag-info.txt").replaceAll("Payload-Oxum: .*", "Payload-Oxum: " + bytes + "." + count));
        put(Manifest.PAYLOAD, new String(payload.bytes(), StandardCharsets.UTF_8));
        for (String path :
                List.of("index.phr", "package.json", "README.ja.txt", "bagit.txt", "bag-info.txt", Manifest.PAYLOAD)) {
            tags.add(path, Sha256.of(text(path).getBytes(StandardCharsets.UTF_8)));
        }
        put(Manifest.TAGS, new String(tags.bytes(), StandardCharsets.UTF_8));
        return put("signature.jws", DetachedJws.sign(key, DetachedJws.PACKAGE, MemoryRecord.NOW, tags.bytes()) + "\n");
    }

    /** Replaces a payload file and what package.json says of it. */
    Repacked payload(String path, String content) {
        String before = text(path);
        byte[] old = before.getBytes(StandardCharsets.UTF_8);
        byte[] made = content.getBytes(StandardCharsets.UTF_8);
        String manifest = text("package.json")
                .replace(
                        "\"bytes\":" + old.length + ",\"sha256\":\"" + Sha256.of(old) + "\"",
                        "\"bytes\":" + made.length + ",\"sha256\":\"" + Sha256.of(made) + "\"");
        put(path, content);
        return put("package.json", manifest);
    }

    byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }
}
