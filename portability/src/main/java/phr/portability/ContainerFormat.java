package phr.portability;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.failure.Category;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.portability.json.JsonObject;
import phr.portability.sign.TrustedKeys;
import phr.portability.zip.Refusal;

/** One import: checks the whole container, then hands it on. Made anew for each import. */
final class ContainerFormat implements Format {

    private final TrustedKeys keys;
    private final List<Format> formats;
    private final Limits limits;
    private final java.nio.file.Path spool;
    private final RecordSink sink;
    final Tally tally = new Tally();

    @Nullable
    VerifiedPackage pack;

    boolean again;

    ContainerFormat(Importer.Setup setup, RecordSink sink) {
        this.keys = setup.keys();
        this.formats = setup.formats();
        this.limits = setup.limits();
        this.spool = setup.spool();
        this.sink = sink;
    }

    @Override
    public String name() {
        return "sphr";
    }

    @Override
    public boolean recognises(byte[] head) {
        return true;
    }

    @Override
    public void read(Intake intake, Findings findings) throws IOException {
        try (Container container = Container.open(intake.content(), limits, spool)) {
            List<VerifiedPackage> carried = new ArrayList<>();
            for (ServiceFolder folder : container.folders(ServiceFolder.Kind.PACKAGE)) {
                carried.add(VerifiedPackage.of(folder, keys, limits));
            }
            List<ForeignFolder> foreign = new ArrayList<>();
            for (ServiceFolder folder : container.folders(ServiceFolder.Kind.SPHR)) {
                foreign.add(ForeignFolder.of(folder));
            }
            Optional<ServiceFolder> newest = container.newestPackage();
            carried.stream()
                    .filter(candidate ->
                            newest.isPresent() && candidate.folder().equals(newest.get()))
                    .forEach(candidate -> pack = candidate);
            if (pack != null && seen(pack)) {
                again = true;
                return;
            }
            verified(container, carried, foreign, intake, findings);
        }
    }

    private void verified(
            Container container,
            List<VerifiedPackage> carried,
            List<ForeignFolder> foreign,
            Intake intake,
            Findings findings)
            throws IOException {
        Set<Sha256> known = new HashSet<>();
        if (pack != null) {
            PackageScan scan = PackageScan.of(pack, intake, sink, limits);
            if (held(scan, intake, findings)) {
                return;
            }
            scan.report(findings);
            tally.rejected += scan.malformed();
            remember(pack);
            new PackageReading(pack, scan, intake, sink, findings, tally).read();
            remember(pack.folder(), known);
        }
        if (carried.size() > 1) {
            findings.issue(Issue.information(
                    "informational",
                    "PKG-CARRIED",
                    "earlier packages in the container were verified; their originals are in the newest one"));
        }
        for (ForeignFolder folder : foreign) {
            folder.read(intake, findings, formats, known, tally);
        }
        strays(container, intake, findings, known);
    }

    private boolean seen(VerifiedPackage candidate) {
        Optional<Sha256> before = sink.imported(candidate.packageId());
        if (before.isPresent() && !before.get().equals(candidate.tagManifest())) {
            throw Refusal.of(
                    Category.CONFLICT,
                    "PKG-SEEN",
                    "a package with this id was imported before with other content",
                    candidate.folder().prefix() + Names.PACKAGE);
        }
        return before.isPresent();
    }

    private static boolean held(PackageScan scan, Intake intake, Findings findings) {
        if (intake.confirmed()) {
            return false;
        }
        List<Issue> contradictions = new ArrayList<>();
        for (JsonObject patient : scan.patients()) {
            contradictions.addAll(Identity.contradictions(patient, intake.account()));
        }
        if (scan.patients().size() > 1) {
            contradictions.add(
                    Issue.warning("multiple-matches", "PKG-PERSONS", "the package describes several persons"));
        }
        if (!contradictions.isEmpty()) {
            findings.hold(contradictions);
        }
        return !contradictions.isEmpty();
    }

    /** A namespace alone gives no power: only its owner's signature lets content replace what is held. */
    private void remember(VerifiedPackage read) {
        Set<String> namespaces = new HashSet<>(read.origins());
        namespaces.add(read.base());
        sink.originNamespaces(namespaces);
    }

    private static void remember(ServiceFolder folder, Set<Sha256> known) {
        folder.paths().stream()
                .filter(path -> path.startsWith(Names.ORIGINALS))
                .forEach(path -> known.add(folder.sha256(path)));
    }

    private void strays(Container container, Intake intake, Findings findings, Set<Sha256> known) {
        for (String stray : container.strays()) {
            Content content = container.archive().content(stray);
            findings.issue(
                    Issue.information("informational", "PKG-STRAY", "a file outside every service folder is kept")
                            .in(stray));
            if (known.add(content.sha256())) {
                Opaque.keep(intake, findings, content, "application/octet-stream", "", List.of());
                tally.originals++;
            }
        }
        findings.flush();
        if (container.archive().litter() > 0) {
            findings.issue(Issue.information(
                    "informational",
                    "PKG-LITTER",
                    container.archive().litter() + " files of operating systems were ignored"));
        }
    }
}
