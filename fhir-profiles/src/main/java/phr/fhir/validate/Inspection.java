package phr.fhir.validate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.Narrative;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.StringType;
import phr.fhir.Elements;
import phr.fhir.PersonId;
import phr.fhir.failure.Issue;
import phr.fhir.text.MyNumber;

/** One look at one resource: cardinality, sizes, numbers, whose it is, My Number. Finds everything, not only the first fault. */
final class Inspection implements Elements.Visitor {

    private static final int LONGEST_TEXT = 1024 * 1024;
    private static final int MOST_DIGITS = 40;
    private static final Set<String> OWNER_ELEMENTS = Set.of("subject", "patient", "beneficiary");
    private static final Pattern REFERENCES = Pattern.compile("Reference\\(([^)]*)\\)");
    private static final Pattern REFERENCE = Pattern.compile(
            "#|#?[A-Za-z0-9.\\-]{1,64}|[A-Z][A-Za-z]{2,40}/[A-Za-z0-9.\\-]{1,64}(/_history/[A-Za-z0-9.\\-]{1,64})?"
                    + "|[a-z][a-z0-9+.\\-]*:[^\\s]+");

    private final Resource resource;
    private final PersonId person;
    private final List<Issue> errors = new ArrayList<>();
    private final List<Issue> warnings = new ArrayList<>();
    private final Invariants invariants = new Invariants();
    private boolean myNumber;

    private Inspection(Resource resource, PersonId person) {
        this.resource = resource;
        this.person = person;
    }

    /**
     * @param supporting the resource is of nobody in particular (an organisation), so it needs no subject
     */
    static Inspection of(Resource resource, PersonId person, boolean supporting) {
        Inspection inspection = new Inspection(resource, person);
        inspection.identity();
        Elements.walk(resource, inspection);
        if (!supporting) {
            inspection.owner();
        }
        inspection.errors.addAll(inspection.invariants.found(resource));
        return inspection;
    }

    /** Why the resource cannot be stored; empty = it can. */
    List<Issue> errors() {
        return errors;
    }

    /** What is odd about it but no reason to leave it out. */
    List<Issue> warnings() {
        return warnings;
    }

    /** Whether a My Number is among the reasons. */
    boolean foundMyNumber() {
        return myNumber;
    }

    @Override
    public void visit(String owner, Base parent, Property definition, List<Base> values) {
        if (values.size() < RequiredElements.minimum(parent, definition.getName())) {
            error("required", "VAL-1", "a required element is missing", Elements.path(owner, definition));
        }
        if (values.isEmpty()) {
            return;
        }
        String path = Elements.path(owner, definition);
        if (values.size() > definition.getMaxCardinality()) {
            error("structure", "VAL-2", "an element is repeated more often than allowed", path);
        }
        for (Base value : values) {
            value(path, parent, definition, value);
            invariants.element(path, value);
        }
    }

    private void value(String path, Base parent, Property definition, Base value) {
        if (value instanceof PrimitiveType<?> primitive) {
            primitive(path, parent, primitive);
        } else if (value instanceof Narrative narrative) {
            number(path + ".div", String.valueOf(narrative.getDiv().allText()));
        } else if (value instanceof Reference reference) {
            reference(path, definition, reference);
        } else if (value instanceof Period period) {
            period(path, period);
        }
    }

    /** A reversed period is kept as received; its data time is unknown (consent-semantics.md §5.1). */
    private void period(String path, Period period) {
        Date start = period.getStart();
        Date end = period.getEnd();
        if (start != null && end != null && start.after(end)) {
            warnings.add(Issue.warning("invariant", "per-1", "the period ends before it begins", path));
        }
    }

    private void identity() {
        String id = resource.getIdElement().getIdPart();
        try {
            if (id == null || !UUID.fromString(id).toString().equals(id)) {
                error("value", "VAL-3", "the id is no UUID", resource.fhirType() + ".id");
            }
        } catch (IllegalArgumentException e) {
            error("value", "VAL-3", "the id is no UUID", resource.fhirType() + ".id");
        }
    }

    private void owner() {
        if (resource.fhirType().equals("Patient")) {
            if (!person.toString().equals(resource.getIdElement().getIdPart())) {
                error("business-rule", "VAL-4", "the record has one Patient only, the person", "Patient.id");
            }
            return;
        }
        for (Property property : resource.children()) {
            if (OWNER_ELEMENTS.contains(property.getName())
                    && property.getTypeCode().contains("Patient")) {
                owner(property);
            }
        }
    }

    private void owner(Property property) {
        boolean own = property.getValues().stream()
                .anyMatch(value ->
                        value instanceof Reference reference && ("Patient/" + person).equals(reference.getReference()));
        if (!own) {
            error(
                    "business-rule",
                    "VAL-4",
                    "the resource is not about the person",
                    resource.fhirType() + "." + property.getName());
        }
    }

    private void reference(String path, Property definition, Reference reference) {
        String text = reference.getReference();
        if (text == null) {
            return;
        }
        if (!REFERENCE.matcher(text).matches()) {
            error("value", "VAL-5", "a reference is neither Type/id nor a URI", path);
            return;
        }
        int slash = text.indexOf('/');
        boolean typed = slash > 0 && Character.isUpperCase(text.charAt(0));
        if (typed && !allowed(definition.getTypeCode(), text.substring(0, slash))) {
            error("structure", "VAL-5", "a reference points to a type that is not allowed here", path);
        }
    }

    /** @param types as the model writes them, e.g. {@code Reference(Patient|Group)|string} */
    private static boolean allowed(String types, String target) {
        Matcher references = REFERENCES.matcher(types);
        return !references.find()
                || references.group(1).contains("Any")
                || List.of(references.group(1).split("\\|")).contains(target);
    }

    private void primitive(String path, Base parent, PrimitiveType<?> primitive) {
        String text = primitive.getValueAsString();
        if (text == null) {
            // only extensions, which say why there is none
            return;
        }
        if (primitive instanceof DecimalType decimal) {
            decimal(path, decimal.getValue());
            return;
        }
        if (primitive instanceof BaseDateTimeType date) {
            date(path, date);
        } else if (primitive instanceof CodeType) {
            code(path, parent, text);
        } else if (primitive instanceof StringType) {
            text(path, parent instanceof SampledData ? apart(text) : text);
        } else if (primitive.fhirType().equals("uri") || primitive.fhirType().equals("url")) {
            number(path, text);
        }
    }

    /** Neighbours in a series of measurements are no groups of one number. */
    private static String apart(String series) {
        return series.replace(' ', '\n');
    }

    private void decimal(String path, BigDecimal value) {
        if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS) {
            error("value", "VAL-6", "a number has more digits than can be kept", path);
        }
    }

    private void date(String path, BaseDateTimeType date) {
        String text = date.getValueAsString();
        boolean written = text.length() == 4 || text.length() == 7 || text.length() == 10 || text.length() >= 20;
        int year = Integer.parseInt(text.substring(0, 4));
        if (!written || year < 1800 || year > 2200) {
            error("value", "VAL-7", "a date is incomplete or impossible", path);
        }
    }

    private void text(String path, String text) {
        if (text.length() > LONGEST_TEXT) {
            error("too-long", "VAL-8", "a text is longer than 1 MiB", path);
        }
        if (text.chars().anyMatch(c -> c < 32 && c != '\t' && c != '\n' && c != '\r')) {
            error("value", "VAL-9", "a text holds control characters", path);
        }
        number(path, text);
    }

    private void code(String path, Base parent, String text) {
        if (!text.equals(text.strip()) || text.contains("  ")) {
            error("value", "VAL-10", "a code has superfluous spaces", path);
        }
        boolean coded = parent instanceof Coding coding && KnownSystems.contains(coding.getSystem())
                || parent instanceof Quantity;
        if (!coded) {
            number(path, text);
        }
    }

    private void number(String path, String text) {
        if (MyNumber.in(text)) {
            myNumber = true;
            error("business-rule", "REQ-SEC-2", "a text looks like a My Number, which is not accepted", path);
        }
    }

    private void error(String code, String rule, String text, String path) {
        errors.add(Issue.error(code, rule, text, path));
    }
}
