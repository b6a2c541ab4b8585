package phr.fhir.normalise.vendor;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.table.Column;

/**
 * A JSON object as a row.
 *
 * @param outer the record that the row is a part of, or the row itself
 */
record JsonFields(JsonNode node, JsonNode outer, String place) implements Fields {

    @Override
    public @Nullable String text(Column column) {
        JsonNode value = at(column.outer() ? outer : node, column);
        return value.isValueNode() && !value.isNull() ? value.asText() : null;
    }

    boolean has(Column column) {
        return !at(column.outer() ? outer : node, column).isMissingNode();
    }

    private static JsonNode at(JsonNode node, Column column) {
        JsonNode found = node;
        for (String step : column.path()) {
            found = found.path(step);
        }
        return found;
    }
}
