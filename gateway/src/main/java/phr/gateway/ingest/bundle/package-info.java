/** Interactions of a FHIR client with many resources at once: batch and transaction (FHIR R4 http §batch/transaction). */
@NullMarked
package phr.gateway.ingest.bundle;

import org.jspecify.annotations.NullMarked;
