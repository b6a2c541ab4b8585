package phr.portability;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phr.fhir.Sha256;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Format;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Normalisation;
import phr.portability.sphr.DocumentType;
import phr.portability.sphr.IndexReader;
import phr.portability.sphr.ListedDocument;
import phr.portability.zip.Refusal;

/** A service folder with {@code index.phr} only: its documents go to the formats that know them, the others are kept as they are. */
final class ForeignFolder {

    private final ServiceFolder folder;
    private final IndexReader.Index index;

    private ForeignFolder(ServiceFolder folder, IndexReader.Index index) {
        this.folder = folder;
        this.index = index;
    }

    /** Reads the index and checks every listed file. @throws FailureException when one is missing or altered */
    static ForeignFolder of(ServiceFolder folder) throws IOException {
        IndexReader.Index index = IndexReader.read(folder.read(Names.INDEX), folder.prefix() + Names.INDEX);
        for (ListedDocument document : index.documents()) {
            if (!folder.has(document.path())) {
                throw Refusal.invalid("PKG-MISSING", "a listed file is missing", folder.prefix() + document.path());
            }
            if (!document.describes(folder.content(document.path()))) {
                throw Refusal.invalid("PKG-HASH", "a file is not as the index says", folder.prefix() + document.path());
            }
        }
        return new ForeignFolder(folder, index);
    }

    /** @param known digests of files that came another way already; new ones are added */
    void read(Intake intake, Findings findings, List<Format> formats, Set<Sha256> known, Tally tally)
            throws IOException {
        index.issues().forEach(findings::issue);
        Set<String> listed = new HashSet<>();
        for (ListedDocument document : index.documents()) {
            if (listed.add(document.path()) && known.add(folder.sha256(document.path()))) {
                document(document, intake, findings, formats);
                tally.originals++;
            }
        }
        for (String path : folder.paths()) {
            if (!path.equals(Names.INDEX) && listed.add(path) && known.add(folder.sha256(path))) {
                findings.issue(
                        Issue.information("informational", "PKG-EXTRA", "a file that the index does not list is kept")
                                .in(folder.prefix() + path));
                Opaque.keep(intake, findings, folder.content(path), "application/octet-stream", "", List.of());
                tally.originals++;
            }
        }
        findings.flush();
    }

    private void document(ListedDocument document, Intake intake, Findings findings, List<Format> formats)
            throws IOException {
        Content content = folder.content(document.path());
        String name = folder.prefix() + document.path();
        Optional<Format> format = format(content, formats);
        if (format.isPresent()) {
            try {
                format.get().read(inside(intake, content), findings);
                return;
            } catch (FailureException e) {
                e.failure().issues().forEach(issue -> findings.issue(issue.in(name)));
            }
        }
        Opaque.keep(
                intake,
                findings,
                content,
                document.contentType(),
                document.title(),
                DocumentType.codingsFor(document.codings(), DocumentType.UNSPECIFIED));
        findings.row(new DocumentReport(name, "other", 1, 0, 1, DocumentReport.Result.ORIGINAL_ONLY));
    }

    /** A container inside the container is never opened. */
    private static Optional<Format> format(Content content, List<Format> formats) throws IOException {
        byte[] head;
        try (InputStream in = content.open()) {
            head = in.readNBytes(Normalisation.HEAD);
        }
        if (head.length > 1 && head[0] == 'P' && head[1] == 'K') {
            return Optional.empty();
        }
        return formats.stream().filter(format -> format.recognises(head)).findFirst();
    }

    private static Intake inside(Intake outer, Content content) {
        return new Intake(
                outer.account(),
                outer.patient(),
                content,
                outer.submitter(),
                outer.client(),
                outer.ownNamespace(),
                outer.received(),
                outer.confirmed(),
                null);
    }
}
