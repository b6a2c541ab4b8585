package phr.portability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.Fhir;
import phr.fhir.Sha256;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.portability.json.Json;
import phr.portability.json.JsonObject;
import phr.portability.json.MalformedJsonException;
import phr.portability.json.NdjsonLines;

/** Pass 1 over a verified package: reads ids only (phr-package.md §8.3). */
final class PackageScan {

    private static final int ASKED_AT_ONCE = 500;

    private final VerifiedPackage pack;
    private final Limits limits;
    private final IdMap ids;
    private final List<String> parts = new ArrayList<>();
    private final Set<String> tombstones = new HashSet<>();
    private final Map<String, String> mediaTypes = new HashMap<>();
    private final List<JsonObject> patients = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private int malformed;

    private PackageScan(VerifiedPackage pack, Intake intake, Limits limits) {
        this.pack = pack;
        this.limits = limits;
        this.ids = new IdMap(pack, intake.ownNamespace(), intake.account().person());
    }

    static PackageScan of(VerifiedPackage pack, Intake intake, RecordSink sink, Limits limits) throws IOException {
        PackageScan scan = new PackageScan(pack, intake, limits);
        scan.manifest();
        for (String path : pack.folder().paths()) {
            if (path.startsWith(Names.TOMBSTONES) && path.endsWith(".ndjson")) {
                scan.lines(path, scan::bury, false);
            } else if ((path.startsWith(Names.FHIR) || path.startsWith(Names.PROVENANCE)) && path.endsWith(".ndjson")) {
                scan.parts.add(path);
                scan.lines(path, scan::take, true);
            }
        }
        scan.taken(sink);
        return scan;
    }

    IdMap ids() {
        return ids;
    }

    /** NDJSON files of resources, in order. */
    List<String> parts() {
        return parts;
    }

    Set<String> tombstones() {
        return tombstones;
    }

    /** The person as the package describes her; normally one. */
    List<JsonObject> patients() {
        return patients;
    }

    int malformed() {
        return malformed;
    }

    /** What pass 1 found, for the report. */
    void report(Findings findings) {
        issues.forEach(findings::issue);
    }

    String mediaType(String path) {
        return mediaTypes.getOrDefault(path, "application/octet-stream");
    }

    /** Walks over the good lines of a file; bad ones were reported by pass 1. */
    void each(String path, Step step) throws IOException {
        lines(path, step, false);
    }

    static @Nullable String version(JsonObject resource) {
        return resource.object("meta").flatMap(meta -> meta.string("versionId")).orElse(null);
    }

    private void manifest() throws IOException {
        try {
            JsonObject json = Json.parse(pack.folder().read(Names.PACKAGE));
            json.objects("files")
                    .forEach(file -> mediaTypes.put(
                            file.string("path").orElse(""),
                            file.string("mediaType").orElse("application/octet-stream")));
        } catch (MalformedJsonException e) {
            throw new IllegalStateException("verified before", e);
        }
    }

    private void take(JsonObject resource, int number) {
        String type = resource.string("resourceType").orElse("");
        String id = resource.string("id").orElse("");
        if (type.equals("Patient")) {
            patients.add(resource);
        } else {
            ids.add(type, id, Kept.find(resource, pack.origins()), version(resource));
        }
    }

    private void bury(JsonObject bundle, int number) {
        bundle.objects("entry").stream()
                .flatMap(entry -> entry.object("request").stream())
                .filter(request -> "DELETE".equals(request.string("method").orElse("")))
                .forEach(request -> request.string("url").ifPresent(tombstones::add));
    }

    private void taken(RecordSink sink) {
        Set<UUID> taken = new HashSet<>();
        Set<UUID> asked = new HashSet<>();
        for (Iterator<UUID> all = ids.ids().iterator(); all.hasNext(); ) {
            asked.add(all.next());
            if (asked.size() == ASKED_AT_ONCE || !all.hasNext()) {
                taken.addAll(sink.taken(asked));
                asked.clear();
            }
        }
        if (!taken.isEmpty()) {
            int replaced = ids.replaceTaken(taken);
            issues.add(Issue.information(
                    "informational", "PKG-TAKEN", replaced + " ids are in another record; others were given"));
        }
    }

    private void lines(String path, Step step, boolean report) throws IOException {
        try (NdjsonLines lines = new NdjsonLines(pack.folder().content(path).open(), limits.line())) {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                Optional<JsonObject> resource = lines.tooLong() ? Optional.empty() : parse(line);
                if (resource.isPresent()) {
                    step.take(resource.get(), lines.number());
                } else if (report) {
                    bad(path, lines.number());
                }
            }
            if (report && lines.tolerated()) {
                issues.add(
                        Issue.information("informational", "PKG-LENIENT", "blank lines, spaces or a BOM were skipped")
                                .in(path));
            }
        }
    }

    private void bad(String path, int number) {
        malformed++;
        issues.add(Issue.error(
                        "structure",
                        "PKG-LINE",
                        "a line is no FHIR resource, too long or nested too deeply",
                        "line " + number)
                .in(path));
    }

    /** A resource without id is named by its content (phr-package.md §7.2). */
    private static Optional<JsonObject> parse(byte[] line) {
        try {
            JsonObject resource = Json.parse(line);
            String type = resource.string("resourceType").orElse("");
            if (!type.matches("[A-Z][A-Za-z]{1,63}")) {
                return Optional.empty();
            }
            String id = resource.string("id").orElse("");
            if (!id.matches("[A-Za-z0-9.-]{1,64}")) {
                resource.put("id", Sha256.of(Json.canonical(resource)).hex());
            }
            return Optional.of(resource);
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    /** Whether R4 knows the type. */
    static boolean known(String type) {
        return Fhir.context().getResourceTypes().contains(type);
    }

    /** What to do with a line. */
    interface Step {
        void take(JsonObject resource, int number);
    }
}
