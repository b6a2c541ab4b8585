/**
 * {@code $validate}: the HL7 validator for whoever asks, over base R4, the project's guide and the operator's packages.
 *
 * <p>Reads no record, stores nothing and repeats nothing of what it is given. It is no stage of the pipeline.
 */
@NullMarked
package phr.gateway.validation;

import org.jspecify.annotations.NullMarked;
