package phr.gateway.record.series;

import java.util.List;
import phr.gateway.record.Sum;

/**
 * Samples of one series that begin on one Tokyo day, added up: all that end on it too, or one that does not.
 *
 * @param sums of their numbers, in the order of the JSON
 */
public record DaySums(Span span, int count, List<Sum> sums) {}
