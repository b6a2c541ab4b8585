package phr.fhir.normalise.lifelog;

import java.math.BigDecimal;

/**
 * One value of a point.
 *
 * @param element where it stands in the body
 * @param written as the source wrote it
 * @param unit as the source wrote it, may be empty
 * @param value in the unit of the metric
 */
record Measured(String element, Metric metric, BigDecimal written, String unit, BigDecimal value) {}
