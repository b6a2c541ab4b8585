/**
 * 保健指導判定値 and 受診勧奨判定値: where a checkup result stands beside the published thresholds. Information, never a diagnosis; what
 * the sender stated (interpretation, reference range) is neither read nor changed.
 *
 * <p>Nothing here is stored: the table has versions, a result has not.
 */
@NullMarked
package phr.fhir.judgement;

import org.jspecify.annotations.NullMarked;
