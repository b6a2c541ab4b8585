/**
 * Apple Health (ヘルスケア) exports, lifelog.md §2.2: {@code export.xml}, alone or in its archive with electrocardiograms.
 *
 * <p>What is not particular to Apple, such as metrics and units, lives in {@link phr.fhir.normalise.lifelog}.
 */
@NullMarked
package phr.fhir.normalise.apple;

import org.jspecify.annotations.NullMarked;
