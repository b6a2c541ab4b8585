package phr.fhir.facts;

/**
 * A rule that gave a label.
 *
 * @param rule table and rule id, {@code mental-health.MH-1}; {@code catalogue.<category>} for the default of a category
 * @param version of the table
 */
public record LabelHit(String rule, String version, Labels labels) {

    /** {@code rule|version}, as the reader of a resource sees it. */
    public String reference() {
        return rule + "|" + version;
    }
}
