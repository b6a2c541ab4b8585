package phr.fhir.normalise.checkup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.Sha256;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.DocumentReport;
import phr.fhir.normalise.Findings;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.Original;
import phr.fhir.normalise.xml.XmlText;
import phr.fhir.normalise.zip.Archive;

/**
 * The official ZIP. It is one unit for refusals, so it is read through before anything is handed on; then the person's
 * documents are read again, one by one (checkup-cda.md §5.1, §5.3).
 */
final class ArchiveImport {

    private static final String ZIP = "application/zip";

    /** What the first reading found out about a document. */
    private record Surveyed(String name, Sha256 sha256, String person, List<Issue> contradictions) {}

    private final Intake intake;
    private final Findings findings;
    private final Limits limits;
    private final Archive archive;
    private final List<Surveyed> documents = new ArrayList<>();
    private final List<Issue> remarks = new ArrayList<>();
    private @Nullable Header index;
    private int results;

    ArchiveImport(Intake intake, Findings findings, Limits limits) {
        this.intake = intake;
        this.findings = findings;
        this.limits = limits;
        this.archive = new Archive(intake.content(), limits.archive());
    }

    void run() throws IOException {
        archive.read(this::survey);
        if (documents.isEmpty()) {
            throw Failure.of(Category.MALFORMED, "CDA-5.3", "no checkup document in the archive")
                    .exception();
        }
        Set<String> persons = new HashSet<>();
        documents.forEach(document -> persons.add(document.person()));
        List<Surveyed> own = own(persons.size() == 1);
        if (own == null) {
            return;
        }
        boolean keepArchive = own.size() == documents.size();
        if (!own.isEmpty()) {
            checkIndex();
            remarks.forEach(findings::issue);
            emit(own, keepArchive);
        }
        others(documents.size() - own.size());
    }

    private void survey(String name, byte[] bytes) throws IOException {
        MyNumberGuard.checkName(name);
        if (!XmlText.peek(bytes).stripLeading().startsWith("<")) {
            remarks.add(Issue.information("not-supported", "CDA-R8", "not XML; stays in the archive only")
                    .in(name));
            return;
        }
        Header header = header(name, Content.of(bytes));
        if (header.isCda() || header.isClaim()) {
            Identity identity = new Identity(header);
            documents.add(
                    new Surveyed(name, Sha256.of(bytes), identity.key(), identity.contradictions(intake.account())));
            results += header.isCda() ? 1 : 0;
        } else if (header.root().name.equals("index")) {
            index = header;
        } else if (!header.isIndex()) {
            remarks.add(Issue.information("not-supported", "CDA-R8", "unknown XML; stays in the archive only")
                    .in(name));
        }
    }

    private Header header(String name, Content content) throws IOException {
        try {
            return new CdaReader(content, limits).header();
        } catch (FailureException e) {
            throw new Failure(
                            e.failure().category(),
                            e.failure().issues().stream()
                                    .map(issue -> issue.in(name))
                                    .toList())
                    .exception();
        }
    }

    /**
     * The documents to keep. A file that is about one person may be held or confirmed; of several persons only those that do
     * not contradict the account are hers.
     *
     * @return null when the file is held
     */
    private @Nullable List<Surveyed> own(boolean onePerson) {
        List<Surveyed> equal = documents.stream()
                .filter(document -> document.contradictions().isEmpty())
                .toList();
        if (!onePerson || !equal.isEmpty()) {
            return equal;
        }
        if (intake.confirmed()) {
            return documents;
        }
        Surveyed first = documents.get(0);
        documents.forEach(document ->
                findings.row(new DocumentReport(document.name(), "checkup-cda", 0, 0, 0, DocumentReport.Result.HELD)));
        findings.hold(first.contradictions().stream()
                .map(issue -> issue.in(first.name()))
                .toList());
        return null;
    }

    private void checkIndex() {
        if (index == null) {
            findings.issue(Issue.warning("required", "N-9", "no index in the archive; read by content"));
            return;
        }
        String count = index.first("totalRecordCount")
                .map(total -> total.code("value"))
                .orElse(null);
        if (!Objects.equals(count, String.valueOf(results))) {
            findings.issue(Issue.warning(
                    "business-rule", "N-9", "the index announces another number of documents; read by content"));
        }
    }

    private void emit(List<Surveyed> own, boolean keepArchive) throws IOException {
        Set<Sha256> wanted = new HashSet<>();
        Set<Sha256> attested = new HashSet<>();
        for (Surveyed document : own) {
            wanted.add(document.sha256());
            if (!document.contradictions().isEmpty()) {
                attested.add(document.sha256());
            }
        }
        Set<PhrCategory> mapped = EnumSet.noneOf(PhrCategory.class);
        archive.read((name, bytes) -> {
            Content content = Content.of(bytes);
            if (wanted.remove(content.sha256())) {
                Header header = new CdaReader(content, limits).header();
                mapped.addAll(new DocumentImport(
                                intake, content, limits, findings, name, keepArchive ? intake.content() : null)
                        .run(header, attested.contains(content.sha256())));
                findings.flush();
            }
        });
        if (keepArchive) {
            keepArchive(mapped);
        }
    }

    private void keepArchive(Set<PhrCategory> mapped) {
        Content content = intake.content();
        DocumentKeys keys =
                new DocumentKeys(intake.ownNamespace(), intake.account().person(), content.sha256());
        new Drafts(keys, findings)
                .add(
                        "1",
                        new Originals(keys, content, intake.received()).other(ZIP, "健診データ一式"),
                        Originals.CATEGORIES,
                        null);
        findings.original(new Original(
                "checkup-zip",
                ZIP,
                content,
                keys.id("Binary", "1"),
                keys.id("DocumentReference", "1"),
                Set.copyOf(mapped)));
    }

    /** Documents of other people: their number, nothing else. */
    private void others(int number) {
        for (int i = 0; i < number; i++) {
            findings.row(new DocumentReport(null, "checkup-cda", 0, 0, 0, DocumentReport.Result.OTHER_PERSON));
        }
        if (number > 0) {
            findings.issue(Issue.information(
                    "business-rule", "CDA-5.1", number + " documents of other persons were not kept"));
        }
    }
}
