package phr.fhir.normalise.medication;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Account;
import phr.fhir.normalise.StatedPerson;
import phr.fhir.normalise.StatedPerson.Difference;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.part.NotebookText;
import phr.fhir.normalise.medication.part.WrittenLine;
import phr.fhir.normalise.medication.record.Notebook;
import phr.fhir.normalise.medication.record.NotebookReader;
import phr.fhir.normalise.medication.record.NotebookRecord;

/** One notebook of an upload, read but not yet anybody's. */
record Candidate(
        NotebookText text, List<WrittenLine> lines, Notebook notebook, Faults faults, Set<Difference> differences) {

    static Candidate of(NotebookText text, Account account) {
        Faults faults = new Faults();
        List<WrittenLine> lines = text.lines(faults);
        Notebook notebook = NotebookReader.read(text, lines, faults);
        Set<Difference> differences = new LinkedHashSet<>();
        notebook.persons().forEach(person -> differences.addAll(person.differences(account)));
        return new Candidate(text, lines, notebook, faults, differences);
    }

    boolean whole() {
        return text.refusal() == null;
    }

    /** A part may lack the record that says whose it is, or have it cut off; nothing is mapped from it alone. */
    boolean identified() {
        NotebookRecord patient = notebook.patient();
        return whole()
                || text.begins()
                        && patient != null
                        && !patient.place().equals(lines.get(lines.size() - 1).place());
    }

    boolean contradicts() {
        return identified() && !differences.isEmpty();
    }

    /** Two notebooks of one person have the same key. */
    String person() {
        return notebook.persons().stream().map(StatedPerson::key).collect(Collectors.joining("|"));
    }

    List<Issue> contradictions() {
        return differences.stream()
                .map(difference -> notebook.personPlace()
                        .issue(Issue.Severity.WARNING, "business-rule", "CDA-5.2", difference.text()))
                .toList();
    }
}
