@NullMarked
package phr.fhir.judgement;

import org.jspecify.annotations.NullMarked;
