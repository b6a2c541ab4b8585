package phr.fhir.normalise.apple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.tag.Tag;
import phr.fhir.normalise.tag.TagScanner;

/** Reads {@code export.xml} element by element. What it does not know stays in the original and is counted. */
final class ExportReader {

    private final AppleFile file;
    private final Records records;
    private final Correlations correlations;
    private final Workouts workouts;
    private final Summaries summaries;
    private final Pressures pressures;
    private final Sleep sleep;

    ExportReader(AppleFile file) {
        this.file = file;
        this.pressures = new Pressures(file);
        this.sleep = new Sleep(file);
        this.records = new Records(file, new RecordMapper(file, pressures, sleep));
        this.correlations = new Correlations(file, records, pressures);
        this.workouts = new Workouts(file);
        this.summaries = new Summaries(file);
    }

    /**
     * A fault in the middle of the file is reported, and what came before it counts: it may have been handed on already.
     *
     * @throws FailureException when it is no export, or hostile from its beginning
     */
    void read(InputStream in) throws IOException {
        TagScanner scanner = new TagScanner(in);
        if (!scanner.next() || !scanner.tag().is(Names.HEALTH_DATA)) {
            throw Failure.of(Category.MALFORMED, "APL-15", "not an Apple Health export", "line " + scanner.line())
                    .exception();
        }
        boolean[] begun = new boolean[1];
        try {
            while (scanner.next()) {
                if (scanner.tag().kind() != Tag.Kind.END) {
                    element(scanner);
                    begun[0] = true;
                }
            }
        } catch (FailureException e) {
            if (!begun[0]) {
                throw e;
            }
            broken(e.failure());
        }
        pressures.finish();
        sleep.finish();
    }

    private void broken(Failure failure) {
        for (Issue issue : failure.issues()) {
            file.file.issue(Issue.error(
                    issue.code(),
                    issue.rule(),
                    issue.text() + "; what stands before was read",
                    issue.expressions().toArray(String[]::new)));
        }
    }

    private void element(TagScanner scanner) throws IOException {
        Tag tag = scanner.tag();
        if (tag.is(Names.RECORD)) {
            records.read(scanner);
        } else {
            rarer(scanner);
        }
    }

    /** A text that cannot be read costs its element. */
    private void rarer(TagScanner scanner) throws IOException {
        Tag tag = scanner.tag();
        boolean nested = tag.kind() == Tag.Kind.START;
        int depth = scanner.depth();
        String name = tag.name();
        try {
            element(tag, scanner);
        } catch (CharacterCodingException e) {
            file.tally.add(Tally.Reason.TEXT, name.matches("[A-Za-z]{1,60}") ? name : "?", "", scanner.line());
            if (nested) {
                scanner.leave(depth);
            }
        }
    }

    private void element(Tag tag, TagScanner scanner) throws IOException {
        if (tag.is(Names.CORRELATION)) {
            correlations.read(scanner);
        } else if (tag.is(Names.WORKOUT)) {
            workouts.read(scanner);
        } else if (tag.is(Names.ACTIVITY_SUMMARY)) {
            summaries.read(scanner);
            scanner.skip();
        } else {
            other(scanner);
        }
    }

    private void other(TagScanner scanner) throws IOException {
        Tag tag = scanner.tag();
        if (tag.is(Names.ME)) {
            file.tally.add(Tally.Reason.PERSONAL, "Me", "", scanner.line());
        } else if (!tag.is(Names.EXPORT_DATE)) {
            String name = tag.name();
            boolean clinical = name.equals("ClinicalRecord");
            file.file.read();
            file.tally.add(
                    clinical ? Tally.Reason.UNCONFIRMED : Tally.Reason.KEPT,
                    name.matches("[A-Za-z]{1,60}") ? name : "?",
                    "",
                    scanner.line());
        }
        scanner.skip();
    }
}
