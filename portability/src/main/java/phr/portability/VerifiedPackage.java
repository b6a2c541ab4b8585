package phr.portability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import phr.fhir.Sha256;
import phr.portability.bag.Bag;
import phr.portability.bag.Manifest;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;
import phr.portability.json.NdjsonLines;
import phr.portability.sign.DetachedJws;
import phr.portability.sign.TrustedKeys;
import phr.portability.zip.Refusal;

/**
 * A folder whose bag, {@code package.json} and signature hold.
 *
 * @param signer the registered provider whose key signed
 * @param base source namespace of the exporting provider
 * @param origins namespaces of the providers before it
 * @param pairwise id of the person inside the package
 */
record VerifiedPackage(
        ServiceFolder folder,
        UUID packageId,
        Sha256 tagManifest,
        Origin origin,
        Optional<TrustedKeys.TrustedKey> signer,
        String provider,
        String base,
        Set<String> origins,
        String pairwise) {

    /** @throws phr.fhir.failure.FailureException naming the first path that is wrong */
    static VerifiedPackage of(ServiceFolder folder, TrustedKeys keys, Limits limits) throws IOException {
        Bag.verify(folder, path -> path.equals(Names.SIGNATURE) || path.startsWith("signature."));
        JsonObject json = json(folder);
        JsonObject source = json.object("source").orElseThrow(() -> incomplete("source"));
        String provider = source.string("providerId").orElseThrow(() -> incomplete("source.providerId"));
        Optional<TrustedKeys.TrustedKey> signer = signature(folder, keys, provider);
        files(folder, json);
        counts(folder, json, limits);
        Set<String> origins = new TreeSet<>(source.strings("originNamespaces"));
        return new VerifiedPackage(
                folder,
                packageId(json),
                Bag.fingerprint(folder),
                origin(folder, signer),
                signer,
                provider,
                base(source),
                origins,
                json.object("subject")
                        .flatMap(subject -> subject.string("pairwiseId"))
                        .orElseThrow(() -> incomplete("subject.pairwiseId")));
    }

    /** Whether the signer may speak for resources of this namespace. */
    boolean owns(String namespace) {
        return signer.filter(key -> key.owns(namespace)).isPresent();
    }

    private static Origin origin(ServiceFolder folder, Optional<TrustedKeys.TrustedKey> signer) {
        if (signer.isPresent()) {
            return Origin.PROVIDER_SIGNED;
        }
        return folder.has(Names.SIGNATURE) ? Origin.SIGNED_UNKNOWN : Origin.SELF_SUPPLIED;
    }

    private static JsonObject json(ServiceFolder folder) throws IOException {
        try {
            JsonObject json = Json.parse(folder.read(Names.PACKAGE));
            if (!json.string("specVersion").orElse("").startsWith("1.")) {
                throw Refusal.invalid("PKG-VERSION", "the version of the package is not known", Names.PACKAGE);
            }
            return json;
        } catch (MalformedJsonException e) {
            throw Refusal.invalid("PKG-JSON", "package.json is no JSON object", Names.PACKAGE);
        }
    }

    private static UUID packageId(JsonObject json) {
        try {
            return UUID.fromString(json.string("packageId").orElse(""));
        } catch (IllegalArgumentException e) {
            throw incomplete("packageId");
        }
    }

    private static String base(JsonObject source) {
        return source.string("fhirBaseUrl")
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .or(() -> source.string("serviceId").map(id -> "urn:phr:" + id))
                .orElseThrow(() -> incomplete("source.fhirBaseUrl"));
    }

    /** The registered signer; empty without a signature, and when nobody here knows the key. */
    private static Optional<TrustedKeys.TrustedKey> signature(ServiceFolder folder, TrustedKeys keys, String provider)
            throws IOException {
        if (!folder.has(Names.SIGNATURE)) {
            return Optional.empty();
        }
        DetachedJws jws = DetachedJws.parse(new String(folder.read(Names.SIGNATURE), StandardCharsets.US_ASCII))
                .orElseThrow(VerifiedPackage::wrongSignature);
        Optional<TrustedKeys.TrustedKey> known = keys.find(jws.kid());
        if (known.isEmpty()) {
            return known;
        }
        if (!jws.verifies(known.get().key(), folder.read(Manifest.TAGS))) {
            throw wrongSignature();
        }
        if (!known.get().providerId().equals(provider)) {
            throw Refusal.invalid("PKG-SIGNER", "the signer is not the provider the package names", Names.SIGNATURE);
        }
        return known;
    }

    private static void files(ServiceFolder folder, JsonObject json) {
        Set<String> listed = new HashSet<>();
        for (JsonObject file : json.objects("files")) {
            String path = file.string("path").orElse("");
            if (!folder.has(path) || !listed.add(path)) {
                throw Refusal.invalid("PKG-FILES", "package.json lists a file that is missing or listed twice", path);
            }
            boolean same = file.number("bytes")
                            .filter(bytes -> bytes == folder.size(path))
                            .isPresent()
                    && file.string("sha256")
                            .filter(folder.sha256(path).hex()::equals)
                            .isPresent();
            if (!same) {
                throw Refusal.invalid("PKG-FILES", "a file is not as package.json describes it", path);
            }
        }
        for (String path : folder.paths()) {
            if (path.startsWith(Bag.PAYLOAD) && !listed.contains(path)) {
                throw Refusal.invalid("PKG-FILES", "package.json does not list a file", path);
            }
        }
    }

    private static void counts(ServiceFolder folder, JsonObject json, Limits limits) throws IOException {
        Map<String, Long> byType = new HashMap<>();
        for (JsonObject file : json.objects("files")) {
            String path = file.string("path").orElse("");
            if (!path.endsWith(".ndjson") || file.number("count").isEmpty()) {
                continue;
            }
            long lines = lines(folder, path, limits);
            if (file.number("count").get() != lines) {
                throw Refusal.invalid("PKG-COUNT", "a file has not the number of lines package.json says", path);
            }
            if (path.startsWith(Names.FHIR) || path.startsWith(Names.PROVENANCE)) {
                byType.merge(file.string("resourceType").orElse(""), lines, Long::sum);
            }
        }
        JsonObject declared = json.object("counts")
                .flatMap(counts -> counts.object("byType"))
                .orElseThrow(() -> incomplete("counts.byType"));
        Map<String, Long> expected = new HashMap<>();
        declared.members()
                .keySet()
                .forEach(type -> expected.put(type, declared.number(type).orElse(-1L)));
        if (!expected.equals(byType)) {
            throw Refusal.invalid("PKG-COUNT", "counts.byType of package.json differs from the files", Names.PACKAGE);
        }
    }

    private static long lines(ServiceFolder folder, String path, Limits limits) throws IOException {
        long count = 0;
        try (NdjsonLines lines = new NdjsonLines(folder.content(path).open(), limits.line())) {
            while (lines.next() != null) {
                count++;
            }
        }
        return count;
    }

    private static RuntimeException wrongSignature() {
        return Refusal.invalid("PKG-SIGNATURE", "the signature is not valid", Names.SIGNATURE);
    }

    private static RuntimeException incomplete(String element) {
        return Refusal.invalid("PKG-JSON", "package.json lacks " + element, Names.PACKAGE);
    }
}
