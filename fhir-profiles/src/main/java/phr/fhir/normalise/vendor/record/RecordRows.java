package phr.fhir.normalise.vendor.record;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.ExplanationOfBenefit;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Immunization;
import org.hl7.fhir.r4.model.MedicationDispense;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.KeptOriginal;
import phr.fhir.normalise.SourceIdentity;
import phr.fhir.normalise.lifelog.DerivedKey;
import phr.fhir.normalise.lifelog.LifelogFile;
import phr.fhir.normalise.lifelog.RecordDescription;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.Rows;
import phr.fhir.normalise.vendor.measure.Tally;
import phr.fhir.normalise.vendor.measure.Wanted;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;

/** The rows of one kind of records to resources, as its table says. */
public final class RecordRows implements Rows {

    /** Beyond so many different records of a file, equal ones are one. */
    private static final int MOST_COUNTED = 100_000;

    private final Kind kind;
    private final LifelogFile file;
    private final Tally tally;
    private final PhrCategory category;
    private final Results results;
    private final Reference person;
    private final Map<String, Integer> occurrences = new HashMap<>();

    public RecordRows(Kind kind, Measurements out) {
        this.kind = kind;
        this.file = out.file();
        this.tally = out.tally();
        this.category = PhrCategory.parse(kind.setting(Role.CATEGORY));
        this.results = new Results(kind, file);
        this.person = new Reference("Patient/" + file.intake().account().person());
    }

    /** What the table says of its files. */
    public static RecordDescription description(Kind kind) {
        String title = kind.setting(Role.TITLE);
        String type = kind.setting(Role.TYPE);
        String version = kind.setting(Role.VERSION);
        return new RecordDescription(
                title.isEmpty() ? PhrCategory.parse(kind.setting(Role.CATEGORY)).japanese() : title,
                type.isEmpty() ? "unspecified" : type,
                new KeptOriginal.Importer("source table " + kind.type(), version.isEmpty() ? "1" : version));
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public void map(Fields row) {
        file.describe(description(kind));
        file.holds(category);
        file.read();
        if (Wanted.row(kind, row, tally) && !ofSomebodyElse(row)) {
            groups(row);
        }
    }

    /** A file with rows of others is not kept: they cannot be cut out. */
    private boolean ofSomebodyElse(Fields row) {
        if (!When.differs(kind, row, file.intake().account().birthDate())) {
            return false;
        }
        file.refuseOriginal(Issue.error(
                "business-rule",
                "VND-15",
                "the row states another date of birth than the account, or none: it is not read, and the original not kept",
                row.place()));
        return true;
    }

    private void groups(Fields row) {
        boolean any = false;
        boolean filled = false;
        for (String group : kind.groups()) {
            Cells cells = new Cells(kind, row, group);
            List<Column> columns = filled(cells);
            if (!columns.isEmpty()) {
                filled = true;
                any |= group(cells, columns);
            }
        }
        if (any) {
            file.mapped();
        } else if (!filled) {
            warn("required", "VND-7", "no value in the row", new Cells(kind, row, ""));
        }
    }

    private List<Column> filled(Cells cells) {
        return kind.columns().stream()
                .filter(column -> column.role().result() && column.group().equals(cells.group()))
                .filter(column -> !cells.text(column).isEmpty())
                .toList();
    }

    private boolean group(Cells cells, List<Column> columns) {
        When when;
        try {
            when = When.of(kind, cells.row(), cells.group());
        } catch (DateTimeException e) {
            file.issue(Issue.error(
                    "value", "VND-4", "no time, or an impossible one: kept in the original", cells.place()));
            return false;
        }
        file.about(category.japanese(), when.from(), when.to());
        return switch (kind.setting(Role.RESOURCE)) {
            case "immunization" -> record(Records.immunization(cells, when), cells, when);
            case "dispense" -> record(Records.dispense(cells, when), cells, when);
            case "cost" -> record(Records.cost(cells, when), cells, when);
            default -> observations(cells, columns, when);
        };
    }

    private boolean observations(Cells cells, List<Column> columns, When when) {
        boolean any = false;
        for (Column column : columns) {
            Item item = results.item(column, cells).orElse(null);
            Observation result = item == null ? null : results.of(item, column, cells, when);
            if (item == null) {
                tally.add(Tally.Reason.ITEM, kind.type(), cells.place());
            } else if (result != null) {
                result.setSubject(person);
                String code = item.coding().getSystem() + "#" + item.coding().getCode();
                List<String> values = List.of(cells.text(column));
                SourceIdentity identity = identity(cells, code, values, cells.unit(column), when);
                result.addIdentifier(identifier(identity));
                Set<PhrCategory> categories = item.more();
                categories.add(category);
                propose(result, identity, categories, item.known() == null ? Labels.UNLABELLED : null, cells);
                any = true;
            }
        }
        return any;
    }

    private boolean record(@Nullable DomainResource resource, Cells cells, When when) {
        if (resource == null) {
            warn("value", "VND-7", "nothing that can be read in the row: kept in the original", cells);
            return false;
        }
        SourceIdentity identity = identity(cells, resource.fhirType(), cells.all(), "", when);
        if (resource instanceof Immunization given) {
            given.setPatient(person).addIdentifier(identifier(identity));
        } else if (resource instanceof MedicationDispense handed) {
            handed.setSubject(person).addIdentifier(identifier(identity));
        } else if (resource instanceof ExplanationOfBenefit cost) {
            cost.setPatient(person).addIdentifier(identifier(identity));
        }
        propose(resource, identity, EnumSet.of(category), null, cells);
        return true;
    }

    private void propose(
            DomainResource resource,
            SourceIdentity identity,
            Set<PhrCategory> categories,
            @Nullable Labels labels,
            Cells cells) {
        resource.setId(file.sampleId(identity).toString());
        file.propose(file.draft(resource, identity, categories, labels, cells.place()));
    }

    /** What the source calls the row, else the derived key with the number of its occurrence. */
    private SourceIdentity identity(Cells cells, String what, List<String> values, String unit, When when) {
        String id = cells.text(Role.ID);
        String part = cells.group().isEmpty() ? what : what + "." + cells.group();
        if (!id.isEmpty()) {
            return new SourceIdentity("urn:phr:source:" + kind.vendor(), id + "#" + part, null);
        }
        String key = DerivedKey.of(
                kind.type() + "." + part, kind.vendor(), "", when.from(), null, new ArrayList<>(values), List.of(unit));
        boolean counted = !kind.setting(Role.RESOURCE).isEmpty()
                && (occurrences.size() < MOST_COUNTED || occurrences.containsKey(key));
        int nth = counted ? occurrences.merge(key, 1, Integer::sum) : 1;
        return new SourceIdentity(DerivedKey.SYSTEM, nth == 1 ? key : key + "." + nth, null);
    }

    private static Identifier identifier(SourceIdentity identity) {
        return new Identifier().setSystem(identity.namespace()).setValue(identity.id());
    }

    private void warn(String code, String rule, String text, Cells cells) {
        file.issue(Issue.warning(code, rule, text, cells.place()));
    }
}
